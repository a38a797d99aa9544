"""An author's sheets as Excel shows them, with a mark wherever something is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from openpyxl.utils import get_column_letter

from forms.problems import Level, Problem, Problems
from forms.workbook import Row, Sheet, Workbook

MOST_ROWS = 200  # rows shown of a sheet, besides those with something to mend
LONGEST_TEXT = 200  # characters shown of a cell

# Where a problem stands: the number of its sheet, Excel's row and column; 0 for the whole of it.
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong, numbered, and the element it is about; None when no sheet shows it."""

    number: int
    level: Level
    text: str
    where: str
    target: str | None


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its shortened text, and the messages about it."""

    id: str
    text: str
    messages: Sequence[Message]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row, by Excel's number; the first one holds the headers."""

    number: int
    cells: Sequence[GridCell]
    messages: Sequence[Message]
    id: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; `left_out` rows are not shown."""

    id: str
    name: str
    letters: Sequence[str]
    rows: Sequence[GridRow]
    left_out: int
    messages: Sequence[Message]


class Grids:
    """All sheets of a workbook with all messages about them."""

    def __init__(self, workbook: Workbook, problems: Problems) -> None:
        self._sheets = [sheet for sheet in workbook.sheets if sheet.headers]
        self.messages: list[Message] = []
        self._by_place: dict[Place, list[Message]] = {}
        for number, problem in enumerate(problems, start=1):
            place = self._place(problem)
            message = self._message(number, problem, place)
            self.messages.append(message)
            if place is not None:
                self._by_place.setdefault(place, []).append(message)

    def __iter__(self) -> Iterator[Grid]:
        """Visit the sheets in the author's order."""
        for index, sheet in enumerate(self._sheets, start=1):
            rows = _shown_rows(sheet, {row for at, row, _ in self._by_place if at == index})
            yield Grid(
                id=_id((index, 0, 0)),
                name=sheet.name,
                letters=[get_column_letter(number) for number in sheet.places],
                rows=[self._headers(index, sheet), *(self._row(index, sheet, row) for row in rows)],
                left_out=len(sheet.rows) - len(rows),
                messages=self._at((index, 0, 0)),
            )

    def count(self, level: str) -> int:
        """Count the messages of a level."""
        return sum(message.level == level for message in self.messages)

    def _headers(self, index: int, sheet: Sheet) -> GridRow:
        return self._made(index, sheet, 1, {header: header for header in sheet.headers})

    def _row(self, index: int, sheet: Sheet, row: Row) -> GridRow:
        return self._made(index, sheet, row.number, row.cells)

    def _made(self, index: int, sheet: Sheet, number: int, texts: Mapping[str, str]) -> GridRow:
        cells = []
        for place, header in zip(sheet.places, sheet.headers, strict=True):
            at = (index, number, place)
            cells.append(GridCell(_id(at), _short(texts.get(header, "")), self._at(at)))
        at = (index, number, 0)
        return GridRow(number, cells, self._at(at), _id(at))

    def _at(self, place: Place) -> Sequence[Message]:
        return self._by_place.get(place, ())

    def _place(self, problem: Problem) -> Place | None:
        wanted = (problem.sheet or "").lower()
        for index, sheet in enumerate(self._sheets, start=1):
            if sheet.name.lower() == wanted:
                column = dict(zip(sheet.headers, sheet.places, strict=True)).get(
                    problem.column or "", 0
                )
                row = problem.row or (1 if column else 0)
                has_row = row == 1 or any(each.number == row for each in sheet.rows)
                return (index, row, column) if has_row else (index, 0, 0)
        return None

    def _message(self, number: int, problem: Problem, place: Place | None) -> Message:
        return Message(
            number=number,
            level=problem.level,
            text=problem.message(gettext),
            where=_where(problem, place),
            target=_id(place) if place else None,
        )


def _shown_rows(sheet: Sheet, marked: set[int]) -> list[Row]:
    first = sheet.rows[:MOST_ROWS]
    later = (row for row in sheet.rows[MOST_ROWS:] if row.number in marked)
    return [*first, *later]


def _where(problem: Problem, place: Place | None) -> str:
    if place is None or not problem.sheet:
        return problem.sheet or ""
    _, row, column = place
    if row and column:
        return f"{problem.sheet} {get_column_letter(column)}{row}"
    return gettext("%(sheet)s, row %(row)s", sheet=problem.sheet, row=row) if row else problem.sheet


def _id(place: Place) -> str:
    return "-".join(["at", *(str(number) for number in place)])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
