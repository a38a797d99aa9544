"""The codebook as rows for people: the sheets `Kodbok`, `Värden` and `Sammanfattning`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from exports.codebook import Codebook, Measure, Variable
from exports.panel import PanelColumn
from exports.summaries import DimensionSummary
from exports.table_names import PANEL
from exports.wording import Wording
from forms.addresses import question_of
from forms.marking import N_

ListingRow = tuple[int | Decimal | Fraction | str, ...]

CODEBOOK_HEADER = (
    N_("Variable"),
    N_("Label"),
    N_("Type"),
    N_("Measurement level"),
    N_("Question"),
    N_("Dimension"),
    N_("Reversed"),
    N_("Missing codes"),
    N_("Questionnaire"),
    N_("Version"),
)
VALUES_HEADER = (
    N_("Variable"),
    N_("Code"),
    N_("Label"),
    N_("Missing"),
    N_("Meaning of the missing code"),
)
SUMMARY_HEADER = (
    N_("Variable"),
    N_("Label"),
    N_("Responses asked"),
    N_("Responses with an index"),
    N_("Don't know, per cent of items"),
    N_("Does not want to answer, per cent of items"),
    N_("Left empty, per cent of items"),
    N_("Mean index, 0–10"),
)
MEASURES = {
    Measure.NOMINAL: N_("nominal"),
    Measure.ORDINAL: N_("ordinal"),
    Measure.SCALE: N_("scale"),
}
YES, NO = N_("Yes"), N_("No")
SHEET = N_("Sheet")
FORMULA = N_("Formula")


def codebook_rows(
    codebook: Codebook, wording: Wording, panel: Sequence[PanelColumn] = ()
) -> Iterator[ListingRow]:
    """Describe each variable of each table in one row, after a header row.

    With derived variables, one column says how each is worked out. With repeats, the last column
    names the sheet that the variable stands in. Columns of the panel come last, each with its
    month.
    """
    formula = (FORMULA,) if _has_formulas(codebook) else ()
    yield _header((*CODEBOOK_HEADER, *formula), codebook, wording)
    for sheet, variables in codebook.tables:
        for variable in variables:
            yield _described(variable, sheet, codebook, wording)
    for name, variable, period in panel:
        _, label, *others = _described(variable, PANEL, codebook, wording)
        yield (name, f"{label}, {period}" if period else label, *others)


def _described(variable: Variable, sheet: str, codebook: Codebook, wording: Wording) -> ListingRow:
    return (
        variable.name,
        wording.label(variable),
        variable.type,
        wording.ours(MEASURES[variable.measure]),
        _questions(variable),
        variable.dimension,
        wording.ours(YES if variable.is_reversed else NO),
        " ".join(map(str, variable.missing_codes)),
        codebook.instrument,
        ", ".join(codebook.versions_of(variable)),
        *([_formula(variable, wording)] if _has_formulas(codebook) else ()),
        *_place(sheet, codebook),
    )


def _has_formulas(codebook: Codebook) -> bool:
    return any(variable.derived for variable in codebook.variables)


def _questions(variable: Variable) -> str:
    """Name the question that a variable comes from; for a derived one, all of them."""
    if variable.derived:
        return " ".join(sorted(map(question_of, variable.derived.sources)))
    return variable.question.name if variable.question else ""


def _formula(variable: Variable, wording: Wording) -> str:
    return wording.ours(variable.derived.formula) if variable.derived else ""


def values_rows(codebook: Codebook, wording: Wording) -> Iterator[ListingRow]:
    """Give each code of each variable one row, after a header row; sheets as above."""
    yield _header(VALUES_HEADER, codebook, wording)
    for sheet, variables in codebook.tables:
        for variable in variables:
            for row in _values(variable, wording):
                yield (*row, *_place(sheet, codebook))


def _header(names: tuple[str, ...], codebook: Codebook, wording: Wording) -> ListingRow:
    return tuple(wording.ours(name) for name in (*names, *_place(SHEET, codebook)))


def _place(sheet: str, codebook: Codebook) -> tuple[str, ...]:
    return (sheet,) if codebook.repeats else ()


def _values(variable: Variable, wording: Wording) -> Iterator[ListingRow]:
    for value in variable.values:
        yield (
            variable.name,
            value.code,
            wording.label(value),
            wording.ours(YES if value.is_missing else NO),
            wording.ours(value.meaning) if value.meaning else "",
        )


def summary_rows(summaries: tuple[DimensionSummary, ...], wording: Wording) -> Iterator[ListingRow]:
    """Give each dimension one row, after a header row."""
    yield tuple(wording.ours(name) for name in SUMMARY_HEADER)
    for summary in summaries:
        yield (
            summary.variable.name,
            wording.label(summary.variable),
            summary.asked,
            summary.answered,
            summary.dont_know,
            summary.refused,
            summary.unanswered,
            # As an index: the writer shows it with one decimal.
            Fraction(summary.mean) if isinstance(summary.mean, Decimal) else summary.mean,
        )
