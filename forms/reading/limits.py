"""How much of the server one author's workbook may use."""

from __future__ import annotations

import resource
from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one workbook and on the process that reads it.

    Attributes:
        file_bytes: Size of the file as uploaded.
        expanded_bytes: Size of all its parts together, unpacked.
        text_characters: Characters in all cells that are read; one shared text counts as often
            as it is used.
        parts: Files inside the workbook.
        rows: Rows under the header, to the last one that is not blank, per sheet.
        columns: Columns to the last one with a header, per sheet.
        cell_characters: What Excel itself allows in one cell.
        memory_bytes: Address space of the process; its imports alone take about 130 MB.
        output_bytes: What the process may write in answer.
        sheets: Names in small letters of sheets that are read although XLSForm does not know them.
    """

    file_bytes: int = 10 * MEGABYTE
    expanded_bytes: int = 50 * MEGABYTE
    text_characters: int = 20 * MEGABYTE
    parts: int = 1_000
    rows: int = 5_000
    columns: int = 500
    cell_characters: int = 32_767
    cpu_seconds: int = 20
    wall_seconds: int = 60
    memory_bytes: int = 768 * MEGABYTE
    output_bytes: int = 100 * MEGABYTE
    sheets: tuple[str, ...] = ()

    def confine_this_process(self) -> None:
        """Bind the running process to these limits for good; it may start no others."""
        bounds = {
            resource.RLIMIT_CPU: self.cpu_seconds,
            resource.RLIMIT_AS: self.memory_bytes,
            resource.RLIMIT_FSIZE: self.output_bytes,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_NPROC: 0,
        }
        for kind, bound in bounds.items():
            resource.setrlimit(kind, (bound, bound))
