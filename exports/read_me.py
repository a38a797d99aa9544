"""The first sheet, `Läs mig`: what the file is and how to read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exports.about import About
from exports.cells import NOT_ANSWERED, NOT_ASKED
from exports.codebook import Codebook
from exports.disclosure.rules import SMALLEST_ENKAT, SMALLEST_FULL, K
from exports.disclosure.symbols import Symbol
from exports.panel import has_panel
from exports.wording import Wording
from forms.instrument import QuestionType
from forms.languages import name_of
from forms.marking import N_

SHEETS = N_(
    "Data has one row per response and one column per variable, with codes. Etiketter has the "
    "same rows and columns with labels instead of codes. Kodbok describes the variables, Värden "
    "the codes and the missing codes. Sammanfattning has figures about each dimension."
)
MISSING = N_(
    "%(not_answered)s means that the question was asked and left without an answer. %(not_asked)s "
    "means that it was not asked. Alternatives such as DK (don't know) and REF (does not want to "
    "answer) stand under their own codes. Missing codes are text, so that sums and means in Excel "
    "pass over them."
)
MISSING_GAPS = {"not_answered": NOT_ANSWERED, "not_asked": NOT_ASKED}
QUOTES = N_('An answer in words that reads as a missing code stands in quotes: "%(not_answered)s".')
READING = N_(
    "Some programs take the text NA for an empty cell. In pandas, read the file with "
    "keep_default_na=False."
)
TICKS = N_(
    "A question where several alternatives may be ticked has one column per alternative, named "
    "question__alternative: 1 means ticked, 0 not ticked. When the only tick says that the "
    "respondent does not know or does not want to answer, the other columns carry that code. In "
    "Etiketter, a column at the end, named as the question, has the labels of all that was ticked."
)
PLACES = N_(
    "A ranking has one column per alternative, named question__alternative, with its place: 1 is "
    "the first."
)
FILTERED = N_(
    "Where earlier answers decide which alternatives are offered, one that was not offered counts "
    "as not ticked: %(questions)s."
)
CLOCKS = N_(
    "Times are as the clock showed them where the answer was given; the file knows no time zones."
)
REPEATS = N_(
    "Questions that are asked several times stand in sheets of their own, with codes, one row for "
    "each time: %(sheets)s. Their column _parent gives the row of Data that they belong to, which "
    "has the same number in its column _row; _parent_ and the name of another repeat gives the "
    "_number there, and _number counts from 1. The numbers hold within this file only. Columns "
    "that end in __count say how many rows there are; where a condition decides whether anything "
    "is asked at all, none is %(not_asked)s."
)
PANEL_NOTE = N_(
    "Panel has one row per pupil and one column per value and month, such as gas_t_2025_09. A "
    "month without a return is %(not_asked)s. What the register does not expect (any more) is left "
    "out. Where two rounds asked about the same month, the return of the later round counts."
)
CONTINUED = N_(
    "A sheet of Excel ends at 1,048,576 rows. The other rows stand in %(sheets)s, at the end."
)
VERSIONS = N_(
    "The file has responses to several versions of the questionnaire, told apart by the column "
    "_version: %(versions)s. Labels are those of the newest. A question or an alternative that a "
    "version does not have is %(not_asked)s there; Kodbok says which versions have it."
)
INDEX = N_(
    "An index is the mean of the items of a dimension on a scale from 0 to 10: for each item (code "
    "− lowest code) / (highest code − lowest code) × 10, counted from the other end for reversed "
    "items. It needs substantive answers to at least half of the items of the dimension, also "
    "counting items that were not asked; otherwise it is %(not_answered)s, or %(not_asked)s when "
    "none of the items was asked. Cells show one decimal and hold the full value."
)
HIDING = N_(
    "In Sammanfattning, %(hidden)s stands for figures about fewer than %(smallest)s responses, and "
    "for the number of responses with an index where all but a few have one. Shares are rounded "
    "to the nearest 10 per cent where fewer than %(full)s responses were asked. What concerns "
    "fewer than %(few)s responses, or none, is given as a bound, such as ≤20 for at most 20 per "
    "cent (disclosure rules, version %(version)s)."
)
HIDING_GAPS = {
    "hidden": Symbol.HIDDEN.value,
    "smallest": SMALLEST_ENKAT,
    "full": SMALLEST_FULL,
    "few": K,
}
OF_PAGE = N_(
    "Kodbok and Värden have the figures of the page of results: the number of valid answers, and "
    "shares of them; of missing codes, shares of those who were asked. 26 (1+2) is the share of "
    "these codes together. Whatever the page does not show is left empty."
)
NO_FIGURES = N_(
    "Kodbok and Värden have no figures, for the file has several rounds, or one that still takes "
    "answers: small groups could be worked out from the sum."
)
OF_REGISTER = N_(
    "Kodbok and Värden count the rows of Data by code: shares of the valid answers, of missing "
    "codes shares of those who were asked, of NAP of all. %(hidden)s stands for what is about "
    "fewer than %(few)s, and for what that could be worked out from."
)
FORMULAS = N_(
    "No cell holds a formula. Answers that begin like one are marked as text and stay as written."
)
LONG_NUMBERS = N_(
    "Whole numbers of more than 15 digits and dates before March 1900 are text, because Excel "
    "would change them."
)
ODD_SIGNS = N_("Characters that a workbook cannot hold are replaced by �.")
CUTS = N_("Texts cut because a cell cannot hold more: %(count)s. Each ends with %(mark)s.")

NAMES = (
    N_("Questionnaire"),
    N_("Round"),
    N_("State"),
    N_("Period"),
    N_("Name and version"),
    N_("Responses"),
    N_("Language of the labels"),
)
CLOCK_TYPES = {QuestionType.TIME, QuestionType.DATETIME, QuestionType.START, QuestionType.END}
HOW_TO_READ = N_("How to read the file")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a heading, a name with its fact, or a paragraph under the facts."""

    name: str | None
    fact: str | int | None = None
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the rows.

    Attributes:
        cuts: How many texts were cut.
        later_sheets: Where rows go on for which a sheet had no room.
    """

    responses: int
    cuts: int
    later_sheets: tuple[str, ...] = ()


def read_me(
    codebook: Codebook, about: About, wording: Wording, written: Written, *, cut_mark: str
) -> Iterator[Line]:
    """Write the lines of the sheet, in order.

    Args:
        written: What has been written of the rows.
        cut_mark: What stands at the end of a text that was cut.
    """
    yield Line(about.title, is_heading=True)
    yield from _facts(codebook, about, wording, written.responses)
    if about.note:
        yield Line(None, about.note)
    yield Line(wording.ours(HOW_TO_READ), is_heading=True)
    for paragraph in _paragraphs(codebook, about, wording):
        yield Line(None, paragraph)
    if written.later_sheets:
        yield Line(None, wording.ours(CONTINUED, sheets=", ".join(written.later_sheets)))
    yield Line(None, wording.ours(CUTS, count=written.cuts, mark=cut_mark))


def _facts(codebook: Codebook, about: About, wording: Wording, responses: int) -> Iterator[Line]:
    facts: tuple[str | int, ...] = (
        about.questionnaire or about.title,
        about.round_name,
        about.state,
        about.period,
        f"{codebook.instrument}, {', '.join(codebook.versions)}",
        responses,
        name_of(wording.language),
    )
    for name, fact in zip(NAMES, facts, strict=True):
        if fact != "":
            yield Line(wording.ours(name), fact)


def _paragraphs(codebook: Codebook, about: About, wording: Wording) -> Iterator[str]:
    codes = MISSING_GAPS
    yield wording.ours(SHEETS)
    yield wording.ours(MISSING, **codes)
    yield wording.ours(QUOTES, not_answered=NOT_ANSWERED)
    yield wording.ours(TICKS)
    yield from _about_types(codebook, wording)
    if codebook.repeats:
        sheets = ", ".join(table.name for table in codebook.repeats)
        yield wording.ours(REPEATS, sheets=sheets, not_asked=NOT_ASKED)
    if has_panel(codebook):
        yield wording.ours(PANEL_NOTE, not_asked=NOT_ASKED)
    if len(codebook.versions) > 1:
        yield wording.ours(VERSIONS, versions=", ".join(codebook.versions), not_asked=NOT_ASKED)
    if any(variable.index for variable in codebook.variables):
        yield wording.ours(INDEX, **codes)
        yield wording.ours(HIDING, version=about.rule_version, **HIDING_GAPS)
    yield _about_figures(codebook, about, wording)
    yield wording.ours(FORMULAS)
    yield wording.ours(LONG_NUMBERS)
    yield wording.ours(ODD_SIGNS)
    yield wording.ours(READING)


def _about_figures(codebook: Codebook, about: About, wording: Wording) -> str:
    if not codebook.is_anonymous:
        return wording.ours(OF_REGISTER, hidden=Symbol.HIDDEN.value, few=K)
    return wording.ours(OF_PAGE if about.is_settled else NO_FIGURES)


def _about_types(codebook: Codebook, wording: Wording) -> Iterator[str]:
    """Explain what only some questionnaires have."""
    questions = codebook.questions
    types = {question.type for question in questions}
    if QuestionType.RANK in types:
        yield wording.ours(PLACES)
    several = (q for q in questions if q.type is QuestionType.SELECT_MULTIPLE)
    if filtered := [question.name for question in several if question.choice_filter]:
        yield wording.ours(FILTERED, questions=", ".join(filtered))
    if types & CLOCK_TYPES:
        yield wording.ours(CLOCKS)
