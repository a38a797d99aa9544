"""Run SPSS syntax in PSPP, the free program that reads what SPSS reads."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

from tests.tools.programs import find_program

SECONDS = 120


def run_pspp(syntax: str, folder: Path) -> None:
    """Run syntax in a folder; a warning is a failure, as is an error."""
    program = find_program("pspp", package="pspp")
    script = folder / "run.sps"
    script.write_text(syntax, encoding="utf-8")
    done = subprocess.run(
        [program, "--syntax-encoding=UTF-8", "-o", folder / "out.txt", script.name],
        cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    told = f"{done.stdout}{done.stderr}"
    assert done.returncode == 0, told
    assert "warning" not in told, told
    assert "error" not in told, told


def labelled_rows(folder: Path, reading: str) -> list[list[str]]:
    """Read data with syntax, and give them as PSPP shows them: labels; header first."""
    save = (
        "SAVE TRANSLATE /OUTFILE='shown.csv' /TYPE=CSV /REPLACE /FIELDNAMES /CELLS=LABELS"
        " /MISSING=RECODE.\n"
    )
    run_pspp(f"{reading}\n{save}", folder)
    with (folder / "shown.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
