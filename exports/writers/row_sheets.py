"""Sheets of data rows, whose XML is written straight: openpyxl makes all that stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

from openpyxl.utils import get_column_letter

from exports.cells import Cell
from exports.table_names import continued
from exports.writers.cell_xml import CellXml, Column
from exports.writers.compressed import CompressedPart
from exports.writers.excel_cells import ExcelCells, Looks, WriteOnlySheet

END_OF_ROWS = b"</sheetData>"

# Makes a sheet that is set up and has no rows yet: from its name, and the widths of its columns.
SheetMaker = Callable[[str, Sequence[int]], WriteOnlySheet]


class _Part:
    """One sheet of Excel's: what openpyxl writes of an empty one, and rows put in the middle."""

    def __init__(
        self, sheet: WriteOnlySheet, header: Sequence[str], worker: ThreadPoolExecutor
    ) -> None:
        self.sheet, self.rows, self._columns = sheet, 0, len(header)
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.append(ExcelCells(sheet).header(header))
        sheet.close()
        before, end, self._after = Path(sheet._writer.out).read_bytes().partition(END_OF_ROWS)
        self._after = end + self._after
        self.member = CompressedPart(worker)
        self.member.write(before)

    def write(self, columns: Sequence[Sequence[str]], rows: int) -> None:
        first = self.rows + 2  # after the header, from 1
        lines = ("".join(line) for line in zip(*columns, strict=True))
        numbered = (f'<row r="{n}">{line}</row>' for n, line in enumerate(lines, start=first))
        self.member.write("".join(numbered).encode())
        self.rows += rows

    def end(self) -> None:
        """Let the filter reach over all rows."""
        reach = f"A1:{get_column_letter(self._columns)}{self.rows + 1}"
        self.sheet.auto_filter.ref = reach  # the workbook's list of names has it too
        filtered = f'<autoFilter ref="{reach}"/>'.encode()
        self.member.write(self._after.replace(END_OF_ROWS, END_OF_ROWS + filtered, 1))
        self.member.end()


class RowSheet:
    """Rows under a frozen header with a filter; when a sheet is full, another one follows.

    Attributes:
        xml: Writes its cells, and counts what had to be cut.
        rows: How many there are until now, the header not counted.
        parts: The sheets, of which all but the first stand at the end of the workbook.
    """

    def __init__(
        self,
        name: str,
        header: Sequence[str],
        widths: Sequence[int],
        *,
        make: SheetMaker,
        worker: ThreadPoolExecutor,
        most_rows: int,
    ) -> None:
        self._name, self._header, self._widths = name, header, widths
        self._make, self._worker, self._most_rows = make, worker, most_rows
        self.parts: list[_Part] = []
        self._begin(name)
        self.xml = CellXml(Looks.in_book(self.parts[0].sheet))
        self._columns = [Column(self.xml) for _ in header]
        self.rows = 0

    def written(self, columns: Iterable[Sequence[Cell]]) -> list[Sequence[str]]:
        """Write the cells of some rows as XML, column by column."""
        return [column.written(cells) for column, cells in zip(self._columns, columns, strict=True)]

    def append(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Write the next rows."""
        if rows:
            self.put(self.written(zip(*rows, strict=True)), len(rows))

    def put(self, columns: Sequence[Sequence[str]], rows: int) -> None:
        """Add rows whose cells are written already."""
        room = self._most_rows - self.parts[-1].rows
        if rows > room:
            self.put([column[:room] for column in columns], room)
            self._begin(continued(self._name, len(self.parts) + 1))
            self.put([column[room:] for column in columns], rows - room)
            return
        self.parts[-1].write(columns, rows)
        self.rows += rows

    def end(self) -> None:
        """Close the last sheet."""
        self.parts[-1].end()

    def _begin(self, name: str) -> None:
        if self.parts:
            self.parts[-1].end()
        self.parts.append(_Part(self._make(name, self._widths), self._header, self._worker))


def flattened(sheets: Iterable[RowSheet]) -> Iterable[_Part]:
    """Give all sheets of Excel's."""
    return chain.from_iterable(sheet.parts for sheet in sheets)
