"""Tables that come with a questionnaire as CSV files: each becomes a sheet of its workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from forms.problems import ProblemCode, Problems
from forms.workbook import TABLE_ENDING, Row, Sheet, places_of

LARGEST_TABLE = 2_000_000  # bytes
MOST_ROWS = 5_000
MOST_COLUMNS = 100

_NAME = re.compile(r"[\w][\w. -]{0,90}\.csv", re.IGNORECASE)
# Swedish Excel writes semicolons, others commas.
_SEPARATORS = ",;\t"


def is_table_name(name: str) -> bool:
    """Tell by its ending whether a file is meant as a table."""
    return name.lower().endswith(TABLE_ENDING)


def table_of(name: str, content: bytes, problems: Problems) -> Sheet | None:
    """Read a CSV file as the sheet of its name, or report in `problems` why not.

    Returns:
        Rows numbered as Excel numbers them, blank ones left out; texts trimmed. Of two equal
        headers the first counts.
    """
    rows = _rows(content) if _NAME.fullmatch(name) and len(content) <= LARGEST_TABLE else []
    headers = [header.strip() for header in rows[0]] if rows else []
    if not any(headers):
        limit = LARGEST_TABLE // 1_000_000
        problems.add(ProblemCode.TABLE_REFUSED, name=name, limit=limit)
    elif len(headers) > MOST_COLUMNS:
        problems.add(ProblemCode.TOO_MANY_COLUMNS, sheet=name, limit=MOST_COLUMNS)
    elif len(rows) > MOST_ROWS + 1:
        problems.add(ProblemCode.TOO_MANY_ROWS, sheet=name, limit=MOST_ROWS)
    else:
        filled = tuple(_filled(headers, rows))
        return Sheet(name, tuple(filter(None, headers)), filled, places_of(headers))
    return None


def csv_of(sheet: Sheet, encoding: str = "utf-8-sig") -> bytes:
    """Write a sheet as a CSV file that `table_of` reads back equal.

    Args:
        sheet: A table.
        encoding: By default UTF-8 with the mark that Excel knows it by; devices want none.
    """
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(sheet.headers)
    place = 2
    for row in sheet.rows:
        writer.writerows([[""]] * (row.number - place))
        writer.writerow([row.cells.get(header, "") for header in sheet.headers])
        place = row.number + 1
    return target.getvalue().encode(encoding)


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        head = text.partition("\n")[0]
        separator = max(_SEPARATORS, key=head.count)
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except (UnicodeDecodeError, csv.Error):
        return []
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _filled(headers: list[str], rows: list[list[str]]) -> Iterator[Row]:
    for number, texts in enumerate(rows[1:], start=2):
        cells: dict[str, str] = {}
        for header, text in zip(headers, texts, strict=False):
            if header and text.strip():
                cells.setdefault(header, text.strip())
        if cells:
            yield Row(number, cells)
