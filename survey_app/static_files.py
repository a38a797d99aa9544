"""Serve our styles and scripts: small on the wire, and kept by browsers while they are true."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

ENDPOINT = "static"
EXTENSION = "static_files"
FOLDER = Path(__file__).parent / "static"
KEPT = "public, max-age=31536000, immutable"  # a year: another content has another address
DIGEST_LENGTH = 12


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it goes over the wire; `gzipped` is None where that saves nothing."""

    content: bytes
    gzipped: bytes | None
    type: str


class StaticFiles:
    """All files of a folder, read once, under one digest of everything in them.

    One digest for all keeps the relative imports of script modules true: a page and its modules
    always come from the same state.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        self.files: Mapping[str, StaticFile] = {
            path.relative_to(folder).as_posix(): _read(path) for path in paths
        }
        whole = hashlib.sha256()
        for name, file in self.files.items():
            whole.update(f"{name}\0{len(file.content)}\0".encode() + file.content)
        self.digest = whole.hexdigest()[:DIGEST_LENGTH]

    def serve(self, digest: str, filename: str) -> Response:
        """Answer with a file; one of an older state is shown as it is now, and not kept."""
        file = self.files.get(filename) or abort(404)
        is_packed = file.gzipped is not None and request.accept_encodings.quality("gzip") > 0
        response = Response(file.gzipped if is_packed else file.content, content_type=file.type)
        if is_packed:
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.headers["Cache-Control"] = KEPT if digest == self.digest else "no-cache"
        return response


def init_app(app: Flask) -> None:
    """Serve the files at the endpoint that `url_for("static", filename=...)` asks for."""
    files = app.extensions[EXTENSION] = StaticFiles()
    app.add_url_rule("/static/<digest>/<path:filename>", endpoint=ENDPOINT, view_func=files.serve)

    @app.url_defaults
    def name_the_state(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == ENDPOINT:
            values.setdefault("digest", files.digest)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    kind = "text/javascript" if path.suffix in (".js", ".mjs") else kind
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return StaticFile(content, packed if len(packed) < len(content) else None, kind + charset)
