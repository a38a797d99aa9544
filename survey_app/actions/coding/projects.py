"""A round's coded interviews as files of REFI-QDA, for other tools for coding."""

from __future__ import annotations

from typing import BinaryIO

from flask_babel import gettext

from exports.qda.codebook import write_codebook
from exports.qda.formats import CODEBOOK
from exports.qda.project import write_project
from forms.instrument import Mode
from forms.languages import text_in
from survey_app.actions.coding import schemes
from survey_app.actions.coding.errors import CodesMissing, OnlyInterviews, SchemeMissing
from survey_app.actions.coding.final import final_of, plain_codes
from survey_app.actions.instruments import instrument_of
from survey_app.languages import spoken
from survey_app.store.models import Round


def write_round(of: Round, file_format: str, target: BinaryIO) -> int:
    """Write the interviews of a round that are done with their codes, or the codebook alone.

    Args:
        file_format: A key of `exports.qda.formats.QDA_FORMATS`.

    Returns:
        How many interviews the file has.

    Raises:
        OnlyInterviews: Nobody is interviewed in the round.
        SchemeMissing, CodesMissing: There is nothing to code by.
    """
    if of.mode != Mode.INTERVIEW:
        raise OnlyInterviews(round=of.name)
    if file_format == CODEBOOK:
        target.write(_codebook(of))
        return 0
    final = final_of(of)
    if final is None:
        raise SchemeMissing
    written = write_project(_title(of), final.codes, final.sources, final.segments, gettext=gettext)
    target.write(written)
    return len({source.pseudonym for source in final.sources})


def _codebook(of: Round) -> bytes:
    codes = plain_codes(schemes.needed_by(of))
    if not codes:
        raise CodesMissing
    return write_codebook(codes, gettext=gettext)


def _title(of: Round) -> str:
    return text_in(of.title, spoken(), instrument_of(of.version_id).default_language)[0] or of.name
