"""The sheets of a workbook: misspelt ones, doubled ones, and those without an effect."""

from __future__ import annotations

from difflib import get_close_matches

from openpyxl.utils import get_column_letter

from forms.compile.vocabulary import UNSUPPORTED_SHEETS
from forms.problems import Level, ProblemCode, Problems
from forms.workbook import SHEETS, Sheet, Workbook


def check_sheets(workbook: Workbook, problems: Problems) -> None:
    """Report sheets that are not read although their names say that they should be."""
    sheets = workbook.own_sheets
    for sheet in sheets:
        check_unread(sheet, problems)
    names = [sheet.name for sheet in sheets]
    plain = [name.strip().lower() for name in names]
    for place, (name, known) in enumerate(zip(names, plain, strict=True)):
        if known in SHEETS:
            if known in plain[:place]:
                problems.add(ProblemCode.SHEET_TWICE, sheet=name)
        elif level := UNSUPPORTED_SHEETS.get(known):
            if sheets[place].rows:
                problems.add(ProblemCode.SHEET_UNUSED, level, sheet=name)
        else:
            _check_spelling(name, plain, problems)


def check_unread(sheet: Sheet, problems: Problems) -> None:
    """Report filled cells that are read as blank, each kind once, at its first cell."""
    for is_formula in (True, False):
        cells = [cell for cell in sheet.unread if cell.is_formula is is_formula]
        if cells:
            code = ProblemCode.FORMULA_BLANK if is_formula else ProblemCode.CELL_WITHOUT_HEADER
            first = cells[0]
            problems.add(
                code,
                Level.WARNING,
                sheet=sheet.name,
                row=first.row,
                cell=f"{get_column_letter(first.column)}{first.row}",
                count=len(cells),
            )


def _check_spelling(name: str, names: list[str], problems: Problems) -> None:
    """A name like that of a sheet is a slip; beside that sheet it may be a copy of it."""
    close = get_close_matches(name.strip().lower(), SHEETS, n=1, cutoff=0.7)
    if close and not name.startswith("_"):
        level = Level.WARNING if close[0] in names else Level.ERROR
        problems.add(ProblemCode.SHEET_UNKNOWN, level, sheet=name, suggestion=close[0])
