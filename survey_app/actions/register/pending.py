"""Keep an uploaded register between its preview and the word that it shall be taken.

One file per account in the data directory, readable by the owner only, for a day at most.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from flask import current_app

from forms.marking import N_
from forms.workbook import Workbook
from survey_app.actions.errors import ActionError
from survey_app.actions.register.importing import Plan

FOLDER = "register-uploads"
KEPT_FOR = 24 * 3600.0  # seconds


class UploadGone(ActionError):
    """The upload was taken, thrown away, replaced by another, or is too old."""

    sentence = N_("This upload is not kept any more. Upload the workbook again.")
    status: ClassVar[int] = 404


def keep(workbook: Workbook, account_id: int) -> str:
    """Keep a workbook instead of the account's last one; give its digest."""
    text = json.dumps(workbook.to_json(), ensure_ascii=False).encode()
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f".{uuid4()}"
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(text)
    path.replace(_path(account_id))
    return hashlib.sha256(text).hexdigest()


def find(account_id: int, digest: str) -> Workbook:
    """Find what the account uploaded.

    Raises:
        UploadGone: It is not there, or is another.
    """
    path = _path(account_id)
    try:
        text = path.read_bytes()
        is_old = time.time() - path.stat().st_mtime > KEPT_FOR
    except FileNotFoundError as error:
        raise UploadGone from error
    if is_old or hashlib.sha256(text).hexdigest() != digest:
        raise UploadGone
    return Workbook.from_json(json.loads(text))


def forget(account_id: int) -> None:
    """Throw the account's upload away."""
    _path(account_id).unlink(missing_ok=True)


def forget_old() -> None:
    """Throw away uploads that nobody has taken within a day."""
    for path in _folder().glob("*"):
        with suppress(FileNotFoundError):  # it was taken, or replaced, at this moment
            if time.time() - path.stat().st_mtime > KEPT_FOR:
                path.unlink()


def forget_all() -> None:
    """Throw everybody's uploads away: they may hold what was erased."""
    for path in _folder().glob("*"):
        path.unlink(missing_ok=True)


def digest_of(plan: Plan) -> str:
    """Tell plans apart: what was seen is what is done, or it is shown again."""
    rows = [(c.sheet, c.row, c.effect, sorted(c.fields.items())) for c in plan.changes]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _path(account_id: int) -> Path:
    return _folder() / f"{account_id}.json"


def _folder() -> Path:
    return Path(current_app.config["SETTINGS"].data) / FOLDER
