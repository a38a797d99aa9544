"""The pool's keys: small files beside the database, never in it, destroyed when not needed."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Collection
from pathlib import Path

from survey_app.store.sealing import new_key

SUFFIX = ".key"


class Keys:
    """The keys in a directory that all processes of an installation share.

    Args:
        directory: Made when it is missing, with mode 0700.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._known: dict[str, bytes] = {}
        directory.mkdir(mode=0o700, exist_ok=True)

    def make(self) -> tuple[str, bytes]:
        """Make a key that survives a power cut; give its id too.

        Whoever makes one holds the lock of `store.pool.lock_keys` until a row names it: else
        it may be swept away.
        """
        key_id, key = secrets.token_hex(16), new_key()
        descriptor = os.open(self._path(key_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        self._sync_directory()
        self._known[key_id] = key
        return key_id, key

    def get(self, key_id: str) -> bytes | None:
        """Give a key; None when it is gone."""
        if key_id not in self._known:
            with contextlib.suppress(FileNotFoundError):
                self._known[key_id] = self._path(key_id).read_bytes()
        return self._known.get(key_id)

    def destroy_all_but(self, needed: Collection[str]) -> int:
        """Overwrite and remove the other keys; give how many there were.

        Overwriting reaches the file's own blocks where the file system writes in place; others,
        and drives that move what they write, may keep a copy for a while.
        """
        others = [path for path in self._directory.glob(f"*{SUFFIX}") if path.stem not in needed]
        for path in others:
            self._destroy(path)
        if others:
            self._sync_directory()
        for key_id in self._known.keys() - set(needed):
            self._known.pop(key_id, None)
        return len(others)

    def _destroy(self, path: Path) -> None:
        with contextlib.suppress(FileNotFoundError):  # another process was quicker
            with path.open("r+b") as file:
                file.write(os.urandom(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()

    def _path(self, key_id: str) -> Path:
        return self._directory / f"{key_id}{SUFFIX}"

    def _sync_directory(self) -> None:
        descriptor = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
