"""A round's coded interviews as files: REFI-QDA for other tools for coding, and quotations."""

from __future__ import annotations

from typing import BinaryIO

from flask_babel import gettext

from exports.charts.pictures import Picture
from exports.charts.workbook import xlsx_of
from exports.qda.codebook import write_codebook
from exports.qda.formats import CODEBOOK, QUOTES
from exports.qda.project import write_project
from exports.results.printing import Printed
from forms.instrument import Mode
from forms.languages import text_in
from survey_app.actions.coding import quoting, schemes
from survey_app.actions.coding.errors import CodesMissing, OnlyInterviews, SchemeMissing
from survey_app.actions.coding.final import final_of, plain_codes
from survey_app.actions.instruments import instrument_of
from survey_app.case_words import fact_word
from survey_app.languages import spoken
from survey_app.store.models import Round


def write_round(of: Round, file_format: str, target: BinaryIO) -> int:
    """Write a round's interviews with their codes, the codebook alone, or approved quotations.

    Args:
        file_format: A key of `exports.qda.formats.QDA_FORMATS`.

    Returns:
        How many interviews, or quotations, the file has.

    Raises:
        OnlyInterviews: Nobody is interviewed in the round.
        SchemeMissing, CodesMissing: There is nothing to code by.
    """
    if of.mode != Mode.INTERVIEW:
        raise OnlyInterviews(round=of.name)
    if file_format == QUOTES:
        return _write_quotes(of, target)
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


def _write_quotes(of: Round, target: BinaryIO) -> int:
    """Write what may leave as a workbook; no pseudonym stands there, and nobody's name."""
    allowed = quoting.allowed_in(of)
    rows = [
        [Printed(each.quotation.code.label if each.quotation.code else ""),
         Printed(each.quotation.words),
         Printed(fact_word(each.quotation.beside, each.fact) if each.fact else "")]
        for each in allowed
    ]  # fmt: skip
    table = Picture(
        name=QUOTES,
        title=gettext("Quotations: %(round)s", round=_title(of)),
        sentence=gettext("Each has been approved for publication."),
        head=[gettext("Code"), gettext("Quotation"), gettext("Said by")],
        rows=rows,
    )
    target.write(xlsx_of(table))
    return len(rows)


def _title(of: Round) -> str:
    return text_in(of.title, spoken(), instrument_of(of.version_id).default_language)[0] or of.name
