"""A copy for the archive, before anything is erased."""

from __future__ import annotations

from tempfile import TemporaryFile

from flask import send_file
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_security import current_user

from survey_app.actions import preserving
from survey_app.actions.calendar import today
from survey_app.audience import Role, for_roles
from survey_app.languages import DEFAULT
from survey_app.protection.blueprint import bp


@bp.post("/preserve")
@for_roles(Role.COORDINATOR)
def preserve() -> ResponseReturnValue:
    """Download what the archive keeps; its words are Swedish, whoever takes it."""
    target = TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    try:
        with force_locale(DEFAULT):
            preserving.preserve(target, current_user.email)
    except BaseException:
        target.close()
        raise
    return send_file(
        target,
        "application/zip",
        as_attachment=True,
        download_name=f"bevarandeuttag-{today()}.zip",
        max_age=0,
    )
