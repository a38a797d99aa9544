"""One row of the survey sheet to a question, with everything that can be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from pyxform.utils import default_is_dynamic

from forms.compile.cells import Cells
from forms.compile.choices import is_yes
from forms.compile.rowtypes import RowType
from forms.compile.tables import Tables
from forms.compile.vocabulary import IDLE_PARAMETERS, PARAMETERS
from forms.expressions import parse
from forms.instrument import Choice, ChoiceList, Mode, Question, QuestionType
from forms.problems import Level, ProblemCode
from forms.types import BadValue, read_value
from forms.workbook import Row

OTHER = "other"
# What `or_other` adds, in the languages that we speak; English for the rest.
OTHER_LABELS = {"sv": "Annat", "en": "Other"}
SPECIFY_LABELS = {"sv": "Skriv vad.", "en": "Please specify."}

_DEFAULT_RANGE = {"start": "1", "end": "10", "step": "1"}


class QuestionReader:
    """Makes questions of rows, under the lists of the workbook and the instrument's mode."""

    def __init__(
        self, cells: Cells, lists: Mapping[str, ChoiceList], tables: Tables, mode: Mode
    ) -> None:
        """Read cells through `cells`; selects take their choices from `lists` or `tables`."""
        self._cells = cells
        self._lists = lists
        self._tables = tables
        self._mode = mode

    def read(self, row: Row, kind: RowType, written: str) -> Iterator[Question]:
        """Give the row's question, and the text question that `or_other` adds."""
        question = self._question(row, kind)
        self._check_mode(question, kind, written)
        self._check(question, row)
        if kind.has_other and question.choice_filter:
            self._cells.note(ProblemCode.OTHER_FILTERED, row.number, "choice_filter")
        yield self._with_default(question, row)
        if kind.has_other:
            yield self._specify(question)

    def _question(self, row: Row, kind: RowType) -> Question:
        assert kind.question is not None  # noqa: S101 - row_type gives one for RowKind.QUESTION
        cells, parameters = self._cells, self._parameters(row, kind)
        return Question(
            name=cells.name(row),
            type=kind.question,
            row=row.number,
            label=cells.texts(row, "label"),
            hint=cells.texts(row, "hint"),
            image=cells.image(row),
            choice_list=self._choice_list(row, kind, parameters),
            required_message=cells.texts(row, "required_message"),
            constraint_message=cells.texts(row, "constraint_message"),
            parameters=parameters,
            is_read_only=_is_set(cells.value(row, "read_only")),
            appearance=cells.appearance(row, kind.question),
            dimension=cells.value(row, "sa_dimension"),
            is_reversed=is_yes(cells.value(row, "sa_reverse")),
            is_sensitive=is_yes(cells.value(row, "sa_sensitive")),
            **self._expressions(row),
        )

    def _expressions(self, row: Row) -> dict[str, Any]:
        names = ("required", "relevant", "constraint", "calculation", "choice_filter")
        return {name: self._cells.expression(row, name) for name in names}

    def _choice_list(
        self, row: Row, kind: RowType, parameters: Mapping[str, str]
    ) -> ChoiceList | None:
        if kind.question is None or not kind.question.is_select:
            return None
        found = self._named_list(row, kind, parameters)
        return _with_other(found) if found and kind.has_other else found

    def _named_list(
        self, row: Row, kind: RowType, parameters: Mapping[str, str]
    ) -> ChoiceList | None:
        if kind.list_name in self._tables:
            return self._tables.choices(kind.list_name, parameters, self._cells, row)
        if not kind.list_name:
            self._cells.note(ProblemCode.LIST_NOT_NAMED, row.number, "type")
        elif kind.list_name not in self._lists:
            code = ProblemCode.FILE_NOT_ATTACHED if "." in kind.list_name else None
            code = code or ProblemCode.LIST_MISSING
            self._cells.note(code, row.number, "type", list_name=kind.list_name)
        return self._lists.get(kind.list_name)

    def _parameters(self, row: Row, row_type: RowType) -> Mapping[str, str]:
        kind = row_type.question
        assert kind is not None  # noqa: S101 - row_type gives one for RowKind.QUESTION
        found = re.split(r"[\s,;]+", self._cells.value(row, "parameters").replace(" = ", "="))
        written = (part.split("=", 1) for part in found if "=" in part)
        given = {name.lower(): _parameter(name.lower(), value) for name, value in written}
        from_file = "select from file" if "." in row_type.list_name else "select"
        kind_name = from_file if kind.is_select else kind.value
        known, idle = (t.get(kind_name, frozenset()) for t in (PARAMETERS, IDLE_PARAMETERS))
        words = sorted(given.keys() - known) + [part for part in found if part and "=" not in part]
        for word in words:
            code = ProblemCode.PARAMETER_UNUSED if word in idle else ProblemCode.PARAMETER_UNKNOWN
            where = (row.number, "parameters")
            self._cells.note(code, *where, level=Level.WARNING, value=word)
        if kind is QuestionType.RANGE and not _is_range(_DEFAULT_RANGE | given):
            self._cells.note(ProblemCode.RANGE_INVALID, row.number, "parameters")
            return {}
        return {name: value for name, value in given.items() if name in known}

    def _check_mode(self, question: Question, kind: RowType, written: str) -> None:
        tells = question.type.is_clock or question.type.is_upload or kind.is_uncollected
        if self._mode is Mode.ANONYMOUS and (tells or _is_position(question)):
            code = ProblemCode.TYPE_ANONYMOUS
            self._cells.note(code, question.row, "type", type=written)
        elif kind.is_uncollected:
            code = ProblemCode.TYPE_UNCOLLECTED
            self._cells.note(code, question.row, "type", level=Level.WARNING, type=written)

    def _check(self, question: Question, row: Row) -> None:
        cells = self._cells
        shown = question.type.is_input or question.type is QuestionType.NOTE
        if shown and not (question.label or question.hint):
            # A note may be a mere ornament; a question that only some can see is none.
            is_ornament = question.type is QuestionType.NOTE and bool(question.image)
            is_header = "label" in question.appearance and question.type.is_select  # of a matrix
            level = Level.WARNING if is_ornament or is_header else Level.ERROR
            cells.note(ProblemCode.LABEL_MISSING, row.number, "label", level=level)
        is_calculated = question.type is QuestionType.CALCULATE
        if is_calculated and not cells.value(row, "calculation"):
            cells.note(ProblemCode.CALCULATION_MISSING, row.number, "calculation")
        if question.dimension and not _is_scaled(question):
            cells.note(
                ProblemCode.REVERSE_NOT_SCALED,
                row.number,
                "sa_dimension",
                level=Level.WARNING,
                dimension=question.dimension,
            )

    def _with_default(self, question: Question, row: Row) -> Question:
        text = self._cells.value(row, "default")
        if not text or question.type is QuestionType.NOTE:
            return question
        if default_is_dynamic(text, question.type.value):
            expression = self._cells.parsed(row, "default", text)
            if expression and expression.last_saved:
                self._check_last_saved(row)
            return replace(question, default_expression=expression)
        try:
            return replace(question, default=read_value(question, text))
        except (BadValue, InvalidOperation):
            self._cells.note(ProblemCode.DEFAULT_INVALID, row.number, "default", value=text)
            return question

    def _check_last_saved(self, row: Row) -> None:
        """Keep a shared tablet from showing one pupil's answer to the next."""
        is_anonymous = self._mode is Mode.ANONYMOUS
        code = ProblemCode.LAST_SAVED_ANONYMOUS if is_anonymous else ProblemCode.LAST_SAVED_BLANK
        level = Level.ERROR if is_anonymous else Level.ADVICE
        self._cells.note(code, row.number, "default", level=level)

    def _specify(self, question: Question) -> Question:
        name = f"{question.name}_other"
        first = self._cells.remember(name, question.row)
        if first != question.row:
            code = ProblemCode.NAME_TWICE
            self._cells.note(code, question.row, "name", name=name, first=first)
        return Question(
            name=name,
            type=QuestionType.TEXT,
            row=question.row,
            label=_texts_for(question.label, SPECIFY_LABELS),
            relevant=parse(f"selected(../{question.name}, '{OTHER}')"),
        )


def _parameter(name: str, value: str) -> str:
    """Keep the case of a seed and of a column's name; the other values are numbers and words."""
    return value if name in ("seed", "value", "label") else value.lower()


def _is_set(text: str) -> bool:
    return text.lower() in ("yes", "true", "true()")


def _is_position(question: Question) -> bool:
    return question.type is QuestionType.GEOPOINT


def _is_range(parameters: Mapping[str, str]) -> bool:
    try:
        start, end, step = (Decimal(parameters[name]) for name in ("start", "end", "step"))
    except InvalidOperation:
        return False
    return all(n.is_finite() for n in (start, end, step)) and start < end and step > 0


def _is_scaled(question: Question) -> bool:
    codes = [choice.name for choice in question.choices if not choice.is_missing]
    return len(codes) > 1 and all(re.fullmatch(r"-?\d+", code) for code in codes)


def _with_other(choice_list: ChoiceList) -> ChoiceList:
    if OTHER in choice_list.codes:
        return choice_list
    labels = choice_list.choices[0].label if choice_list.choices else {}
    other = Choice(name=OTHER, label=_texts_for(labels, OTHER_LABELS))
    return replace(choice_list, choices=(*choice_list.choices, other))


def _texts_for(like: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    return {tag: ours.get(tag, ours["en"]) for tag in like or ours}
