"""Attached tables: as lists to look things up in, and as the choices of selects."""

from __future__ import annotations

from collections.abc import Mapping

from forms.compile.cells import Cells
from forms.compile.choices import is_yes
from forms.instrument import Choice, ChoiceList
from forms.languages import Texts, tag_of
from forms.problems import ProblemCode, Problems
from forms.workbook import TABLE_ENDING, Row, Sheet, Workbook

VALUE, LABEL, MISSING = "name", "label", "sa_missing"


class Tables:
    """The attached tables, and the lists that are made of them.

    Attributes:
        lists: By name: each table under its file's name without the ending, for `instance()` and
            `pulldata()`, and each list of choices that a select has asked for.
    """

    def __init__(self, workbook: Workbook, default_language: str, problems: Problems) -> None:
        """Take the tables of a workbook; mistakes in them are noted in `problems`."""
        self._sheets = {sheet.name: sheet for sheet in workbook.tables}
        self._default_language = default_language
        self._problems = problems
        self.lists: dict[str, ChoiceList] = {}
        for sheet in workbook.tables:
            name = sheet.name[: -len(TABLE_ENDING)]
            rows = tuple(
                Choice(
                    name=row.cells.get(VALUE, ""), columns=row.cells, label=self._texts(row, LABEL)
                )
                for row in sheet.rows
            )
            self.lists[name] = ChoiceList(name=name, choices=rows)

    def __contains__(self, name: object) -> bool:
        """Tell whether a table of that file name came along."""
        return name in self._sheets

    def choices(
        self, name: str, parameters: Mapping[str, str], cells: Cells, row: Row
    ) -> ChoiceList | None:
        """Make the choices of a select that takes them from a table.

        Args:
            name: The file's name.
            parameters: `value` and `label` say which columns to take, in any case of letters.
            cells, row: Where the select stands, for what is wrong with it.

        Returns:
            None when the table lacks one of the columns; that is reported.
        """
        sheet = self._sheets[name]
        value = _column(sheet, parameters.get("value", VALUE))
        label = _column(sheet, parameters.get("label", LABEL))
        for found, wanted in ((value, "value"), (label, "label")):
            if not found:
                column = parameters.get(wanted, VALUE if wanted == "value" else LABEL)
                code = ProblemCode.TABLE_COLUMN_MISSING
                cells.note(code, row.number, "type", list_name=name, name=column)
        if not value or not label:
            return None
        own_name = name if (value, label) == (VALUE, LABEL) else f"{name} ({value}, {label})"
        if own_name not in self.lists:
            choices = tuple(self._choices(sheet, value, label).values())
            self.lists[own_name] = ChoiceList(name=own_name, choices=choices)
        return self.lists[own_name]

    def _choices(self, sheet: Sheet, value: str, label: str) -> dict[str, Choice]:
        choices: dict[str, Choice] = {}
        for row in sheet.rows:
            code, texts = row.cells.get(value, ""), self._texts(row, label)
            if not code or len(code.split()) > 1 or code in choices:
                self._refuse(sheet, row, value)
            elif not texts:
                self._refuse(sheet, row, label)
            else:
                is_missing = is_yes(row.cells.get(MISSING, ""))
                choices[code] = Choice(
                    name=code, label=texts, is_missing=is_missing, columns=row.cells
                )
        return choices

    def _refuse(self, sheet: Sheet, row: Row, column: str) -> None:
        code = ProblemCode.TABLE_CELL_REFUSED
        self._problems.add(code, sheet=sheet.name, row=row.number, column=column)

    def _texts(self, row: Row, column: str) -> Texts:
        texts = {}
        for header, text in row.cells.items():
            name, _, language = header.partition("::")
            if name.strip() == column and (tag := self._tag(language)):
                texts[tag] = text
        return texts

    def _tag(self, language: str) -> str | None:
        return tag_of(language) if language else self._default_language


def _column(sheet: Sheet, wanted: str) -> str:
    """Find a column by its name, whatever its letters' case and its languages."""
    names = (header.partition("::")[0].strip() for header in sheet.headers)
    return next((name for name in names if name.lower() == wanted.lower()), "")
