"""Open a file in LibreOffice and save it as another kind, as a reader of our exports would."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.tools.programs import find_program

# Separator, quote, UTF-8, first line, then: formulas as values, every sheet (the last, -1).
ALL_SHEETS_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
SECONDS = 120


def libreoffice_convert(path: Path, to: str = "csv", *, into: Path | None = None) -> list[Path]:
    """Convert a file without a window; several may run at once.

    Args:
        path: The file to open.
        to: The ending of the wanted kind: ``csv``, ``xlsx``, ``ods``, ``pdf``.
        into: The folder of the results; a new one beside the file when not given.

    Returns:
        The written files by name. For ``csv`` one per sheet, named ``<file>-<sheet>.csv``, in
        UTF-8, with each cell as it is shown.
    """
    soffice = find_program("soffice", "libreoffice", package="libreoffice-calc-nogui")
    into = into or Path(tempfile.mkdtemp(prefix="converted-", dir=path.parent))
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                *("--headless", "--norestore", "--convert-to"),
                ALL_SHEETS_AS_CSV if to == "csv" else to,
                *("--outdir", into, path),
            ],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    written = sorted(into.glob(f"*.{to.partition(':')[0]}"))
    # LibreOffice ends with success even when it wrote nothing.
    assert written, f"LibreOffice could not convert {path}: {done.stdout}{done.stderr}"
    return written
