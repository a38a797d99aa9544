"""Time each format of coded files and the memory it takes, each in a process of its own.

    python -m tests.benchmarks.formats [--rows 10000,100000] [--formats xlsx,csv,sav,…]

Prints JSON: for each format and size the seconds, the peak of memory in MB, and the size of the
file. The table has 75 columns: 60 items, 10 numbers, 5 texts.

Of a workbook also the writer alone, with rows that are coded already, and its floor in the same
process, on one core: joining cells that are XML already to the sheets Data and Etiketter, and
compressing them. At most twice that is wanted, under 150 MB, and as many times as long for as many
times the rows (1,048,576 is a sheet's limit: `--rows 1100000` makes two of each).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from exports.codebook import codebook_of
from exports.coding import Response
from exports.table import Record, Table, wide_table
from exports.writers import FORMATS
from forms.instrument import Instrument
from tests.exports.factories import ABOUT, ask, item, make_instrument, respond

ITEMS, NUMBERS, TEXTS = 60, 10, 5
CYCLE = 679  # rows, after which codes and texts come again: 7 × 97
CODES = ("4", "3", "2", "1", "DK", "REF", None)


class Responses:
    """So many made-up responses, made anew each time they are read."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __iter__(self) -> Iterator[Response]:
        for row in range(self._count):
            yield respond(
                **{f"i{n}": CODES[(row * 7 + n) % len(CODES)] for n in range(ITEMS)},
                **{f"n{n}": str((row + n) % 1000) for n in range(NUMBERS)},
                **{f"t{n}": f"svar å {row % 97} " * 3 for n in range(TEXTS)},
            )


def instrument() -> Instrument:
    """Make the questionnaire, without dimensions: indices are no matter of formats."""
    return make_instrument(
        *(item(f"i{n}", dimension="") for n in range(ITEMS)),
        *(ask(f"n{n}", "integer") for n in range(NUMBERS)),
        *(ask(f"t{n}") for n in range(TEXTS)),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="10000,100000")
    parser.add_argument("--formats", default="xlsx,csv,sav,stata,package,sps,do")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(written(given.formats, int(given.rows))))
        return
    sizes = [int(each) for each in given.rows.split(",")]
    print(json.dumps([apart(f, n) for f in given.formats.split(",") for n in sizes], indent=2))


def apart(file_format: str, rows: int) -> dict[str, object]:
    """Write in a process that has done nothing else."""
    command = [sys.executable, "-m", "tests.benchmarks.formats", "--one"]
    command += ["--formats", file_format, "--rows", str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def written(file_format: str, rows: int) -> dict[str, object]:
    """Write one file, and read the floor: the same rows, coded and thrown away."""
    table = wide_table(codebook_of(instrument()), Responses(rows))
    begun = time.perf_counter()
    for _ in table.records:
        pass
    floor = time.perf_counter() - begun
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        begun = time.perf_counter()
        FORMATS[file_format].write(table, path, language="sv", about=ABOUT)
        seconds, size = time.perf_counter() - begun, path.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    beside = beside_the_floor(table, rows) if file_format == "xlsx" else {}
    return {
        "format": file_format,
        "rows": rows,
        "s": round(seconds, 1),
        "times_coding_alone": round(seconds / floor, 2),
        **beside,
        "added_peak_mb": round((peak - before) / 1024, 1),
        "peak_mb": round(peak / 1024, 1),
        "file_mb": round(size / 1e6, 1),
    }


def beside_the_floor(table: Table, rows: int) -> dict[str, float]:
    """Time the writer alone, with rows that are coded already, beside its floor."""
    some = list(islice(table.records, CYCLE))
    coded = Table(table.codebook, islice(cycle(some), rows))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        FORMATS["xlsx"].write(coded, Path(folder, "file"), language="sv", about=ABOUT)
        writing = time.perf_counter() - begun
    least = least_of_a_workbook(some, rows)
    return {
        "writing_alone_s": round(writing, 1),
        "floor_s": round(least, 1),
        "writing_times_floor": round(writing / least, 2),
    }


def least_of_a_workbook(some: Sequence[Record], rows: int) -> float:
    """Time what no writer of such sheets can do without: joining their XML, and compressing it."""
    words: dict[object, object] = {
        4: "Stämmer helt",
        3: "Stämmer ganska bra",
        2: "Stämmer ganska dåligt",
    }
    words[1] = "Stämmer inte alls"
    sheets = [[[cell_xml(cell) for cell in record.row] for record in some]]
    sheets.append([[cell_xml(words.get(cell, cell)) for cell in record.row] for record in some])
    begun = time.perf_counter()
    for cells in sheets:
        deflate = zlib.compressobj(6)
        for first in range(0, rows, CYCLE):
            numbered = enumerate(cells[: rows - first], start=first + 2)
            lines = [f'<row r="{n}">{"".join(row)}</row>' for n, row in numbered]
            deflate.compress("".join(lines).encode())
        deflate.flush()
    return time.perf_counter() - begun


def cell_xml(cell: object) -> str:
    """Write a cell as any writer must."""
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
    return f"<c><v>{cell}</v></c>"


if __name__ == "__main__":
    main()
