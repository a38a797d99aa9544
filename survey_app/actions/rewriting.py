"""Write the database's files anew when a round has ended or something was erased, sooner or later.

Somebody who reads may be in the way, for as long as a large file takes, and nobody can write
meanwhile: a heavy database waits for the night. A small file in the data directory says that it is
still to be done: whoever serves it does it, after a restart too.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from flask import current_app

from survey_app.actions.calendar import is_night
from survey_app.store import mixing
from survey_app.store.database import db

FOLDER = "rewriting"
HEAVY = 512 * 1024 * 1024  # bytes: a larger one takes longer than somebody who saves waits


def after_round() -> bool:
    """Leave no order of answers in the files; tell whether nothing is left to do."""
    return _noted((), lambda: mixing.mix_patiently(db.engine))


def after_erasing(tables: Sequence[str]) -> bool:
    """Leave nothing that was deleted from tables in their files; tell whether that is done."""
    return _noted(tables, lambda: mixing.forget(db.engine, tables))


def settle() -> bool:
    """Do what somebody was in the way of; tell whether nothing is left that can be done now."""
    notes = list(_folder().iterdir())
    if not notes or is_for_the_night():
        return True
    db.session.rollback()  # or we would be in the way ourselves
    tables = sorted({table for note in notes for table in note.read_text("utf-8").split()})
    is_done = mixing.settle(db.engine, tables)
    for note in notes if is_done else ():
        note.unlink(missing_ok=True)
    return is_done


def _noted(tables: Sequence[str], act: Callable[[], bool]) -> bool:
    """Note what is to be done before it is tried: a stop in the middle leaves the note."""
    note = _folder() / secrets.token_hex(8)
    note.write_text("\n".join(tables), "utf-8")
    if is_for_the_night():
        mixing.mix(db.engine)  # what goes quickly
        return False
    if is_done := act():
        note.unlink(missing_ok=True)
    return is_done


def is_for_the_night() -> bool:
    """Tell whether the database is so heavy that nobody shall wait for it by day."""
    return not is_night() and mixing.size_of(db.engine) > HEAVY


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
