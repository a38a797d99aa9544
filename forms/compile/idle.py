"""Cells of the survey sheet that are read in other rows, and say nothing in theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyxform import aliases

from forms.compile.columns import Columns
from forms.compile.rowtypes import RowKind, RowType, row_type
from forms.compile.vocabulary import SUPPORTED, TRANSLATED
from forms.kinds import QuestionType
from forms.problems import Level, ProblemCode, Problems
from forms.workbook import SURVEY, Row, Sheet

# Judged where they are read, whatever the row: see `Cells.appearance` and `QuestionReader`.
_EVERYWHERE = frozenset({"type", "name", "disabled", "appearance"})
_GROUP = _EVERYWHERE | {"label", "hint", "relevant"}
_UNSEEN = _EVERYWHERE | {"label", "relevant", "parameters", "sa_dimension", "sa_sensitive"}
_SHOWN = _UNSEEN | {"hint", "image", "calculation"}
_ASKED = _SHOWN | {"required", "required_message", "constraint", "constraint_message"}
_INPUT = _ASKED | {"default", "read_only", "sa_reverse"}

_STRUCTURE: Mapping[RowKind, frozenset[str]] = {
    RowKind.BEGIN_GROUP: _GROUP,
    RowKind.BEGIN_REPEAT: _GROUP | {"repeat_count"},
    RowKind.END_GROUP: _EVERYWHERE,
    RowKind.END_REPEAT: _EVERYWHERE,
}
_QUESTIONS: Mapping[QuestionType, frozenset[str]] = {
    QuestionType.NOTE: _SHOWN,
    QuestionType.CALCULATE: _UNSEEN | {"calculation"},
    QuestionType.HIDDEN: _UNSEEN | {"calculation", "default"},
    QuestionType.START: _UNSEEN,
    QuestionType.END: _UNSEEN,
    QuestionType.TODAY: _UNSEEN,
}
# Without them more may be answered, or something else is asked, than the author thinks.
_DECISIVE = frozenset(
    {"relevant", "required", "constraint", "calculation", "choice_filter", "repeat_count"}
)
_SPEAKS_OF = {
    "required_message": "required",
    "constraint_message": "constraint",
    "sa_reverse": "sa_dimension",
}
_NO = frozenset({"no", "false", "false()"})


def report_idle_cells(sheet: Sheet, columns: Columns, problems: Problems) -> None:
    """Name the cells that have no effect in their row: each column once, at the first of them."""
    found: dict[str, list[int]] = {}
    for row in sheet.rows:
        for name in _idle_in(row, columns):
            found.setdefault(name, []).append(row.number)
    for name, rows in found.items():
        problems.add(
            ProblemCode.CELL_IDLE,
            Level.WARNING if name in _DECISIVE else Level.ADVICE,
            sheet=SURVEY,
            row=rows[0],
            column=columns.header(name),
            count=len(rows),
        )


def _idle_in(row: Row, columns: Columns) -> Iterator[str]:
    kind = row_type(columns.value(row, "type"))
    if kind.is_uncollected or aliases.yes_no.get(columns.value(row, "disabled")):
        return
    read = _read_in(kind)
    if read is None:
        return
    for name in sorted(SUPPORTED[SURVEY]):
        condition = _SPEAKS_OF.get(name)
        has_effect = name in read and (condition is None or _says(row, columns, condition))
        if not has_effect and _says(row, columns, name):
            yield name


def _read_in(kind: RowType) -> frozenset[str] | None:
    """Give the columns that are read in rows of a kind; None for rows that are refused."""
    if kind.kind is not RowKind.QUESTION:
        return _STRUCTURE.get(kind.kind)
    assert kind.question is not None  # noqa: S101 - row_type gives one for RowKind.QUESTION
    if kind.question.is_select:
        return _INPUT | {"choice_filter"}
    return _QUESTIONS.get(kind.question, _INPUT)


def _says(row: Row, columns: Columns, name: str) -> bool:
    """Tell whether a cell wants something: a column of yes and no does so with yes."""
    if name in TRANSLATED:
        return bool(columns.texts(row, name))
    text = columns.value(row, name).lower()
    return bool(text) and not (name in ("required", "read_only", "sa_reverse") and text in _NO)
