"""A compiled questionnaire beside the sheets it came from, as the rules look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from forms.compile.columns import Columns, read_columns
from forms.instrument import ChoiceList, Group, Instrument, Mode, Question
from forms.languages import Texts, text_in
from forms.problems import Level, Problem, ProblemCode, Problems
from forms.workbook import CHOICES, SURVEY, Workbook


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its sheet, its row as Excel counts, and its header as the author wrote it."""

    sheet: str
    row: int | None
    column: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One text that a respondent reads, in one language, and the cell it stands in.

    Attributes:
        column: The standard name: label, hint …
        texts: The same text in all its languages.
        item: The question or group; None for the label of a choice.
    """

    text: str
    language: str
    column: str
    place: Place
    texts: Texts
    item: Question | Group | None = None


@dataclass(frozen=True)
class Form:
    """What a rule judges."""

    instrument: Instrument
    workbook: Workbook

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nothing that is stored may lead back to a person."""
        return self.instrument.mode is Mode.ANONYMOUS

    @cached_property
    def columns(self) -> Mapping[str, Columns]:
        """Give the columns of the survey and the choices sheet."""
        default = self.instrument.default_language
        sheets = (self.workbook.sheet(name) for name in (SURVEY, CHOICES))
        return {s.name.lower(): read_columns(s, default, Problems()) for s in sheets}

    @cached_property
    def choice_rows(self) -> Mapping[tuple[str, str], int]:
        """Give the row of each choice, by its list and its code."""
        columns, sheet = self.columns[CHOICES], self.workbook.sheet(CHOICES)
        cells = ((columns.value(r, "list_name"), columns.value(r, "name"), r) for r in sheet.rows)
        rows: dict[tuple[str, str], int] = {}
        for list_name, name, row in cells:
            rows.setdefault((list_name, name), row.number)
        return rows

    @cached_property
    def inputs(self) -> tuple[Question, ...]:
        """Give the questions that a respondent fills in."""
        return tuple(q for q in self.instrument.questions.values() if q.type.is_input)

    @cached_property
    def used_lists(self) -> Mapping[str, tuple[ChoiceList, tuple[Question, ...]]]:
        """Give the lists that questions choose from, with those questions."""
        found: dict[str, list[Question]] = {}
        for question in self.inputs:
            if question.choice_list and question.choice_list.name in self.instrument.lists:
                found.setdefault(question.choice_list.name, []).append(question)
        return {name: (self.instrument.lists[name], tuple(qs)) for name, qs in found.items()}

    def cell(self, item: Question | Group, column: str, language: str = "") -> Place:
        """Find the cell of a question or group, by the standard name of its column."""
        return Place(SURVEY, item.row, self.header(SURVEY, column, language))

    def choice_cell(self, list_name: str, code: str, column: str, language: str = "") -> Place:
        """Find the cell of a choice, by the standard name of its column."""
        row = self.choice_rows.get((list_name, code))
        return Place(CHOICES, row, self.header(CHOICES, column, language))

    def header(self, sheet: str, column: str, language: str = "") -> str:
        """Give the header of a column in a language, as the author wrote it."""
        default, columns = self.instrument.default_language, self.columns[sheet]
        for found in columns.all:
            if found.name == column and (found.language or default) == (language or default):
                return found.header
        return columns.header(column)

    def said(self, texts: Texts) -> str:
        """Give a text in the default language, else in any there is."""
        default = self.instrument.default_language
        return text_in(texts, default, default)[0]

    def shown(self) -> Iterator[Shown]:
        """Visit every text of the survey and of the lists that are used."""
        for item in self.instrument.root.walk():
            for column, texts in _texts_of(item):
                for language, text in texts.items():
                    place = self.cell(item, column, language)
                    yield Shown(text, language, column, place, texts, item)
        for name, (choice_list, _) in self.used_lists.items():
            for choice in choice_list.choices:
                for language, text in choice.label.items():
                    place = self.choice_cell(name, choice.name, "label", language)
                    yield Shown(text, language, "label", place, choice.label)


def advice(code: ProblemCode, place: Place, /, **params: Any) -> Problem:
    """Make a problem that asks for thought."""
    return _problem(code, Level.ADVICE, place, params)


def warning(code: ProblemCode, place: Place, /, **params: Any) -> Problem:
    """Make a problem that is most likely a mistake."""
    return _problem(code, Level.WARNING, place, params)


def _problem(code: ProblemCode, level: Level, place: Place, params: Mapping[str, Any]) -> Problem:
    return Problem(
        code=code,
        level=level,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        params=params,
    )


def _texts_of(item: Question | Group) -> Iterator[tuple[str, Texts]]:
    yield "label", item.label
    yield "hint", item.hint
    if isinstance(item, Question):
        yield "constraint_message", item.constraint_message
        yield "required_message", item.required_message
