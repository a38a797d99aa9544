"""Coded files: download them, and see who has taken which."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from tempfile import TemporaryFile

from flask import abort, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_security import current_user

from exports.writers import FORMATS, OFFERED, ZIP
from survey_app.actions import extracts, rounds
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp

XLSX = FORMATS["xlsx"].media_type


@dataclass(frozen=True, slots=True)
class Offer:
    """A format beside the usual one."""

    name: str
    title: str
    what_for: str


MORE_FORMATS = (
    Offer("csv", lazy_gettext("CSV"), lazy_gettext("plain text, for any program")),
    Offer("sav", lazy_gettext("SPSS (.sav)"), lazy_gettext("with labels and missing values")),
    Offer("stata", lazy_gettext("Stata (.dta)"), lazy_gettext("with labels and missing values")),
    Offer(
        "package",
        lazy_gettext("Data package for R and others (.zip)"),
        lazy_gettext("CSV with a codebook that programs can read, and a script for R"),
    ),
)


@bp.get("/rounds/<string:name>/answers.<string:answer_format>")
@for_roles(Role.COORDINATOR)
def round_answers(name: str, answer_format: str) -> ResponseReturnValue:
    """Download the coded file of a round whose answers may be read."""
    found = rounds.find(name)
    rounds.refuse_unless_readable(found)
    if answer_format not in OFFERED:
        abort(404)
    target = TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    try:
        extracts.take_round(found, answer_format, target, current_user.email)
    except BaseException:
        target.close()
        raise
    form = FORMATS[answer_format]
    kind = ZIP if form.holds_one_table and zipfile.is_zipfile(target) else form
    target.seek(0)
    return send_file(
        target,
        kind.media_type,
        as_attachment=True,
        download_name=f"{name}{kind.suffix}",
        max_age=0,
    )


@bp.get("/extracts/")
@for_roles(Role.COORDINATOR)
def extract_list() -> ResponseReturnValue:
    """Show which coded files were taken out, the newest first."""
    return render_template("coordinate/extract_list.html", extracts=extracts.listing())
