"""Coded files: download them, and see who has taken which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from flask import abort, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_security import current_user

from exports.qda.formats import CODEBOOK, PROJECT, QDA_FORMATS
from exports.writers import FORMATS, OFFERED, FileKind
from forms.instrument import Mode
from survey_app.actions import extracts, research, rounds
from survey_app.actions.coding import schemes
from survey_app.actions.jobs import keeping
from survey_app.actions.results import released
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.store.models import Round

XLSX = FORMATS["xlsx"].media_type


@dataclass(frozen=True, slots=True)
class Offer:
    """A format beside the usual one."""

    name: str
    title: str
    what_for: str


_WITH_SCRIPT = lazy_gettext("CSV with the script that reads it")
MORE_FORMATS = (
    Offer("csv", lazy_gettext("CSV"), lazy_gettext("plain text, for any program")),
    Offer("sav", lazy_gettext("SPSS (.sav)"), lazy_gettext("with labels and missing values")),
    Offer("stata", lazy_gettext("Stata (.dta)"), lazy_gettext("with labels and missing values")),
    Offer(
        "package",
        lazy_gettext("Data package for R and others (.zip)"),
        lazy_gettext("CSV with a codebook that programs can read, and a script for R"),
    ),
    Offer("sps", lazy_gettext("SPSS syntax (.zip)"), _WITH_SCRIPT),
    Offer("do", lazy_gettext("Stata do-file (.zip)"), _WITH_SCRIPT),
)
# Of a round of interviews that has a coding scheme.
CODING_FORMATS = (
    Offer(
        PROJECT,
        lazy_gettext("Coding project (.qdpx)"),
        lazy_gettext("notes with their codes, for other tools for coding; holds the whole texts"),
    ),
    Offer(
        CODEBOOK,
        lazy_gettext("Codebook (.qdc)"),
        lazy_gettext("the coding scheme alone, for other tools for coding"),
    ),
)


def offers_of(of: Round) -> Sequence[Offer]:
    """Give the formats that a round's answers can be had in beside the usual one."""
    is_coded = of.mode == Mode.INTERVIEW and schemes.of_round(of) is not None
    return (*MORE_FORMATS, *(CODING_FORMATS if is_coded else ()))


@bp.get("/rounds/<string:name>/answers.<string:answer_format>")
@for_roles(Role.COORDINATOR, Role.RESEARCHER)
def round_answers(name: str, answer_format: str) -> ResponseReturnValue:
    """Download the coded file of a round whose answers may be read."""
    found = rounds.find(name)
    offered = {*OFFERED, *QDA_FORMATS}
    coordinates = current_user.has_role(Role.COORDINATOR)
    if not coordinates:
        research.refuse_unless_granted(current_user.email, found)
        offered = set(OFFERED)
    rounds.refuse_unless_readable(found)
    if answer_format not in offered:
        abort(404)
    if coordinates and answer_format in FORMATS and keeping.is_large(found):
        return redirect(url_for(".large_file_new", name=name, answer_format=answer_format))
    target = TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    try:
        extracts.take_round(found, answer_format, target, current_user.email)
    except BaseException:
        target.close()
        raise
    kind = _kind(answer_format, target)
    target.seek(0)
    return send_file(
        target,
        kind.media_type,
        as_attachment=True,
        download_name=f"{name}{kind.suffix}",
        max_age=0,
    )


def _kind(answer_format: str, written: IO[bytes]) -> FileKind:
    if answer_format in QDA_FORMATS:
        return QDA_FORMATS[answer_format]
    return FORMATS[answer_format].kind_of(written)


@bp.get("/extracts/")
@for_roles(Role.COORDINATOR, Role.DATA_PROTECTION_OFFICER)
def extract_list() -> ResponseReturnValue:
    """Show which coded files were taken out, the newest first."""
    own = keeping.listing(current_user.email)
    return render_template(
        "coordinate/extract_list.html",
        extracts=extracts.listing(),
        large_files=own,
        releases=released.listing(),
    )
