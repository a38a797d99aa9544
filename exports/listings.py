"""The codebook as rows for people: the sheets `Kodbok`, `Värden` and `Sammanfattning`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from exports.codebook import Codebook, Measure, Value, Variable
from exports.disclosure.shares import Bound, Share
from exports.disclosure.symbols import Symbol
from exports.hidden_frequencies import Frequencies, Told
from exports.panel import PanelColumn
from exports.results.figures import Between
from exports.summaries import DimensionSummary
from exports.table_names import DATA, PANEL
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
VALID_ANSWERS = N_("Valid answers")
NUMBER_OF, PER_CENT = N_("Number"), N_("Per cent")
NOTHING = Frequencies()
FORMULA = N_("Formula")


def codebook_rows(
    codebook: Codebook,
    wording: Wording,
    panel: Sequence[PanelColumn] = (),
    frequencies: Mapping[str, Frequencies] | None = None,
) -> Iterator[ListingRow]:
    """Describe each variable of each table in one row, after a header row.

    With derived variables, one column says how each is worked out. With repeats, the last column
    names the sheet that the variable stands in. Columns of the panel come last, each with its
    month.

    Args:
        frequencies: Of the variables of Data; adds a column with the number of valid answers.
    """
    counted = () if frequencies is None else (VALID_ANSWERS,)
    formula = (FORMULA,) if _has_formulas(codebook) else ()
    yield _header((*CODEBOOK_HEADER, *counted, *formula), codebook, wording)
    for sheet, variables in codebook.tables:
        for variable in variables:
            found = frequencies if sheet == DATA else {}
            yield _described(variable, sheet, codebook, wording, found)
    for name, variable, period in panel:
        _, label, *others = _described(variable, PANEL, codebook, wording, {})
        yield (name, f"{label}, {period}" if period else label, *others)


def _described(
    variable: Variable,
    sheet: str,
    codebook: Codebook,
    wording: Wording,
    frequencies: Mapping[str, Frequencies] | None,
) -> ListingRow:
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
        *([] if frequencies is None else [shown(_of(variable, frequencies).valid)]),
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


def values_rows(
    codebook: Codebook, wording: Wording, frequencies: Mapping[str, Frequencies] | None = None
) -> Iterator[ListingRow]:
    """Give each code of each variable one row, after a header row; sheets as above.

    Args:
        frequencies: Of the variables of Data; adds two columns with numbers and shares.
    """
    counted = () if frequencies is None else (NUMBER_OF, PER_CENT)
    yield _header((*VALUES_HEADER, *counted), codebook, wording)
    for sheet, variables in codebook.tables:
        for variable in variables:
            found = _of(variable, frequencies or {}) if sheet == DATA else NOTHING
            for value in variable.values:
                figures = [found.n.get(value.code, ""), found.percent.get(value.code, "")]
                told = map(shown, figures if counted else [])
                yield (variable.name, *_value(value, wording), *told, *_place(sheet, codebook))


def _of(variable: Variable, frequencies: Mapping[str, Frequencies]) -> Frequencies:
    return frequencies.get(variable.name, NOTHING)


def shown(figure: Told) -> int | Fraction | str:
    """Write a figure as a cell: a bound or a sign as text, a number as one."""
    match figure:
        case Symbol():
            return figure.value
        case Share() if figure.bound is Bound.ABOUT:
            return figure.percent
        case Share():
            return str(figure)
        case Between():
            return f"{figure.least}–{figure.most}"
        case Decimal():
            return Fraction(figure)  # as an index: the writer shows it with one decimal
    return figure


def _header(names: tuple[str, ...], codebook: Codebook, wording: Wording) -> ListingRow:
    return tuple(wording.ours(name) for name in (*names, *_place(SHEET, codebook)))


def _place(sheet: str, codebook: Codebook) -> tuple[str, ...]:
    return (sheet,) if codebook.repeats else ()


def _value(value: Value, wording: Wording) -> ListingRow:
    return (
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
