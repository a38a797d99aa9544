"""Small files that only the server's own user may read."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

OTHERS = 0o077  # of a file's mode: what those may do who are not its owner


def write_once(path: Path, content: object) -> bool:
    """Write JSON as a whole file with mode 0600, unless there is one already.

    Returns:
        Whether this call wrote it; with several processes only one does.
    """
    draft = _draft(path, content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def replace(path: Path, content: object) -> None:
    """Put JSON in the place of such a file, and overwrite what it held.

    Overwriting reaches the file's own blocks where the file system writes in place; others, and
    drives that move what they write, may keep a copy for a while.
    """
    with path.open("r+b") as before:
        _draft(path, content).replace(path)
        before.write(os.urandom(os.fstat(before.fileno()).st_size))
        before.flush()
        os.fsync(before.fileno())


def read(path: Path) -> Mapping[str, object]:
    """Read such a file.

    Raises:
        ValueError: It is damaged.
    """
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict):
        raise ValueError(path.name)
    return content


def is_open_to_others(path: Path) -> bool:
    """Tell whether others than its owner may do anything with a file or folder."""
    return bool(path.stat().st_mode & OTHERS)


def _draft(path: Path, content: object) -> Path:
    """Write JSON with mode 0600 into a new file beside the other one."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return draft
