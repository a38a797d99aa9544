"""Back up an installation into one file while it collects, and make one of such a file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyrage
from flask import current_app
from sqlalchemy.engine import make_url

from survey_app.actions.backup_errors import (
    BackupDamaged,
    BackupInside,
    BackupLocked,
    BackupOfOther,
    DatabaseNotCopied,
    DirectoryInUse,
    RecipientInvalid,
)
from survey_app.store import dumping
from survey_app.store.database import db

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE, FILES = "database", "files"
# Keys that are destroyed so that nobody can read what they locked must not come back; the cache
# is made anew, and the database has a copy of its own, whose file is new.
LEFT_OUT = ("pool", "keys", "cache", "large-files", "rewriting")
ENCRYPTED = b"age-encryption.org/v1"
WORKSHOP = ".survey-app-"  # how the names of folders begin in which backups are made and read
LONGEST_WORK = 24 * 3600.0  # seconds
BLOCK = 1024 * 1024  # bytes
COMPRESSED = 6  # of 9, which takes three times as long for files that are 2 % smaller


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        format: Of the backup; a later release may write another.
        release: That wrote it.
        database: The name of the database's copy.
        rows: Table -> how many rows.
        files: Path in the backup -> SHA-256 of the file, in hexadecimal.
    """

    database: str
    rows: Mapping[str, int]
    files: Mapping[str, str]
    format: int = FORMAT
    release: str = field(default_factory=lambda: version("survey-app"))


def backup(target: Path, recipients: Sequence[str] = ()) -> Manifest:
    """Write all that is kept into one file of mode 0600, in the place of an older one.

    Anonymous answers that wait for their release are not in it: their keys are in no backup.

    Args:
        target: The file; it is there when it is whole, and not before.
        recipients: Public keys of age; with any, only their owners can read the file.

    Raises:
        RecipientInvalid: One is no public key.
        BackupInside: The file would lie in the data directory, and in the next backup.
        DatabaseNotCopied: PostgreSQL's program is missing or refuses.
    """
    keys = [_recipient(each) for each in recipients]
    if target.absolute().is_relative_to(current_app.config["SETTINGS"].data):
        raise BackupInside(directory=str(current_app.config["SETTINGS"].data))
    with _workshop(target.absolute().parent) as shop:
        manifest = _gather(shop / "content")
        plain = shop / "plain"
        with tarfile.open(plain, "w:gz", compresslevel=COMPRESSED) as archive:
            archive.add(shop / "content", arcname="", filter=_without_owner)
        whole = plain
        if keys:
            whole = shop / "encrypted"
            pyrage.encrypt_file(str(plain), str(whole), keys)
        whole.chmod(0o600)
        with whole.open("rb") as file:
            os.fsync(file.fileno())
        whole.replace(target)
    return manifest


def verify(source: Path, identity: Path | None = None) -> Manifest:
    """Read a backup to its end, and the database in it.

    Raises:
        BackupDamaged, BackupLocked, BackupOfOther: It cannot be used, and why.
        DatabaseNotCopied: PostgreSQL's program is missing.
    """
    with _workshop(None) as shop:
        return _unpack(source, shop / "content", identity)


def restore(source: Path, data: Path, database_url: str, identity: Path | None = None) -> Manifest:
    """Make a data directory and its database of a backup; nothing is left of one that fails.

    Args:
        data: A directory that is empty or not there.
        database_url: As SQLAlchemy writes it; an empty database, or SQLite's file in `data`.

    Raises:
        DirectoryInUse: There is something in the directory.
        BackupDamaged, BackupLocked, BackupOfOther, DatabaseNotCopied: As for `verify`.
    """
    data = data.absolute()
    if data.exists() and any(data.iterdir()):
        raise DirectoryInUse(directory=str(data))
    data.parent.mkdir(parents=True, exist_ok=True)
    with _workshop(data.parent) as shop:
        manifest = _unpack(source, shop / "content", identity)
        made = shop / "content" / FILES
        made.mkdir(exist_ok=True)
        made.chmod(0o700)
        if data.exists():
            data.rmdir()
        made.rename(data)
        try:
            dumping.load(shop / "content" / DATABASE / manifest.database, make_url(database_url))
            if dumping.counts(make_url(database_url)) != manifest.rows:
                raise BackupDamaged(file=str(source))
        except BaseException as error:
            shutil.rmtree(data)
            if isinstance(error, dumping.DumpFailed):
                raise DatabaseNotCopied(reason=str(error).rstrip(".")) from error
            raise
    return manifest


def _gather(folder: Path) -> Manifest:
    """Copy everything into a folder, and say what it is."""
    (folder / DATABASE).mkdir(mode=0o700, parents=True)
    try:
        copy = dumping.dump(db.engine, folder / DATABASE)
    except dumping.DumpFailed as error:
        raise DatabaseNotCopied(reason=str(error).rstrip(".")) from error
    data = current_app.config["SETTINGS"].data
    for path in _kept(data):
        target = folder / FILES / path.relative_to(data)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # the server has taken it meanwhile, as it may
            shutil.copy2(path, target)
    files = {
        str(path.relative_to(folder)): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = Manifest(copy.name, copy.rows, files)
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def _kept(data: Path) -> Iterator[Path]:
    for path in sorted(data.rglob("*")):
        inside = path.relative_to(data).parts[0]
        is_database = path.name.startswith(dumping.NAMES["sqlite"]) or path.suffix == ".lock"
        if path.is_file() and not path.is_symlink() and inside not in LEFT_OUT and not is_database:
            yield path


def _unpack(source: Path, folder: Path, identity: Path | None) -> Manifest:
    """Unpack a backup into a folder that is not there, and check every file of it."""
    folder.mkdir(mode=0o700, parents=True)
    plain = _decrypted(source, folder.parent / "decrypted", identity)
    try:
        with tarfile.open(plain, "r:gz") as archive:
            _extract(archive, folder)
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        manifest = Manifest(**found)
    except (tarfile.TarError, zlib.error, EOFError, ValueError, TypeError, OSError) as error:
        raise BackupDamaged(file=str(source)) from error
    if manifest.format != FORMAT:
        raise BackupOfOther(file=str(source), release=manifest.release)
    _check(source, folder, manifest)
    return manifest


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Write an archive's files below a folder, and nothing else of it.

    Python's own filters for that came with 3.11.4; Debian 12 has 3.11.2.

    Raises:
        ValueError: Something in it is neither file nor folder, or would lie elsewhere.
    """
    top = folder.resolve()
    for member in archive:
        target = (top / member.name).resolve()
        if not target.is_relative_to(top) or not (member.isfile() or member.isdir()):
            raise ValueError(member.name)
        if member.isdir():
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            continue
        with archive.extractfile(member) as inside, target.open("xb") as outside:  # type: ignore[union-attr]  # a file
            shutil.copyfileobj(inside, outside, BLOCK)
        target.chmod(0o600)


def _check(source: Path, folder: Path, manifest: Manifest) -> None:
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - {MANIFEST}
    is_same = there == set(manifest.files) and all(
        _digest(folder / name) == digest for name, digest in manifest.files.items()
    )
    copy = folder / DATABASE / manifest.database
    try:
        if is_same and dumping.is_sound(copy):
            return
    except dumping.DumpFailed as error:
        raise DatabaseNotCopied(reason=str(error).rstrip(".")) from error
    raise BackupDamaged(file=str(source))


def _decrypted(source: Path, target: Path, identity: Path | None) -> Path:
    with source.open("rb") as file:
        if file.read(len(ENCRYPTED)) != ENCRYPTED:
            return source
    if identity is None:
        raise BackupLocked(file=str(source))
    try:
        pyrage.decrypt_file(str(source), str(target), _identities(identity))
    except pyrage.DecryptError as error:
        raise BackupLocked(file=str(source)) from error
    target.chmod(0o600)
    return target


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise RecipientInvalid(recipient=text) from error


def _identities(file: Path) -> list[Any]:
    """Read age's own key file: one key a line, and comments."""
    lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    try:
        keys = [line for line in lines if line and not line.startswith("#")]
        return [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError as error:
        raise BackupLocked(file=str(file)) from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Keep names and modes alone: times of files would tell what was written when."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = 0
    return entry


@contextmanager
def _workshop(beside: Path | None) -> Iterator[Path]:
    """Give a folder that nobody else may look in, and remove it with all it holds.

    Where a power cut has left one it lies in clear: the next one removes it, too.
    """
    folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=beside))
    for other in folder.parent.glob(f"{WORKSHOP}*"):
        with suppress(FileNotFoundError):  # whoever works in it has just ended
            if other.stat().st_mtime < time.time() - LONGEST_WORK:
                shutil.rmtree(other, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
