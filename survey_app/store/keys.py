"""The pool's keys: small files beside the database, never in it, destroyed when not needed."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
from collections.abc import Collection
from pathlib import Path

from survey_app.store.sealing import KEY_BYTES, new_key

SUFFIX = ".key"
OWN = 0o700  # only the server's own user may look in

log = logging.getLogger(__name__)


class Keys:
    """The keys in a directory that all processes of an installation share.

    Args:
        directory: Made when it is missing; nobody else may look in, whoever made it.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._known: dict[str, bytes] = {}
        directory.mkdir(mode=OWN, exist_ok=True)
        if directory.stat().st_mode & 0o077:  # from a backup, say
            directory.chmod(OWN)

    def make(self) -> tuple[str, bytes]:
        """Make a key that survives a power cut; give its id too.

        Whoever makes one holds the lock of `store.pool.lock_keys` until a row names it: else
        it may be swept away.

        Raises:
            OSError: It could not be written, for want of room perhaps; nothing is left of it.
        """
        key_id, key = secrets.token_hex(16), new_key()
        try:
            self._write(self._path(key_id), key)
        except OSError as error:
            log.error("No key can be written into the folder pool: %s.", error.strerror)
            self._path(key_id).unlink(missing_ok=True)
            raise
        self._known[key_id] = key
        return key_id, key

    def get(self, key_id: str) -> bytes | None:
        """Give a key; None when it is gone, or damaged.

        Raises:
            OSError: It is there, and may not be read: it belongs to another user, perhaps.
        """
        if key := self._known.get(key_id):
            return key
        try:
            key = self._path(key_id).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            log.error("A key in the folder pool cannot be read: %s.", error.strerror)
            raise
        if len(key) != KEY_BYTES:
            return None
        self._known[key_id] = key
        return key

    def destroy_all_but(self, needed: Collection[str]) -> int:
        """Overwrite and remove the other keys; give how many there were.

        Overwriting reaches the file's own blocks where the file system writes in place; others,
        and drives that move what they write, may keep a copy for a while.

        Raises:
            OSError: One could not be removed; the others were.
        """
        for key_id in self._known.keys() - set(needed):
            self._known.pop(key_id, None)
        others = [path for path in self._directory.glob(f"*{SUFFIX}") if path.stem not in needed]
        failures = [error for path in others if (error := _destroy(path))]
        if others:
            self._sync_directory()
        if failures:
            log.error("%s keys cannot be removed: %s.", len(failures), failures[0].strerror)
            raise failures[0]
        return len(others)

    def _write(self, path: Path, key: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        self._sync_directory()

    def _path(self, key_id: str) -> Path:
        return self._directory / f"{key_id}{SUFFIX}"

    def _sync_directory(self) -> None:
        descriptor = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _destroy(path: Path) -> OSError | None:
    """Overwrite and remove a file; one that may not be written is removed all the same."""
    with contextlib.suppress(OSError), path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    try:
        path.unlink(missing_ok=True)  # another process may have been quicker
    except OSError as error:
        return error
    return None
