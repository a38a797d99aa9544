"""Read the data package in R, with the script that comes with it.

    python -m tests.robustness.read_in_r

Needs R (Debian: r-base-core), which is large, so it is not among the usual tests. Exits 1 when R
sees anything else than what was answered.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.exports.families import family
from tests.exports.statistical.files import written
from tests.tools.programs import find_program

HARD = r"""
source("read.R", encoding = "UTF-8")
x <- tables$data
stopifnot(
  is.ordered(x$trivs), as.character(x$trivs)[1] == "St\u00e4mmer helt", is.na(x$trivs[2:3]),
  levels(x$trivs)[1] == "St\u00e4mmer inte alls",
  identical(levels(x[["k\u00f6n"]]), c("Flicka", "Pojke")),
  identical(as.numeric(x$antal), c(3, -99, NA)), mean(x$antal, na.rm = TRUE) == -48,
  x$dag[1] == as.Date("2026-01-05"), inherits(x[["n\u00e4r"]], "POSIXct"),
  nchar(x$ord[1]) == 404, x$ord[3] == "=1+1", nrow(x) == 3,
  attr(x$dag, "label") == "Dag", codes$data$trivs[2] == "DK", codes$data$trivs[3] == "REF"
)
"""
FAMILY = r"""
source("read.R", encoding = "UTF-8")
stopifnot(
  identical(names(tables), c("data", "data-barn", "data-leksak", "data-husdjur")),
  identical(as.numeric(tables[["data-barn"]]$alder), c(6, 12, NA)),
  nrow(merge(tables$data, tables[["data-barn"]], by.x = "_row", by.y = "_parent")) == 3
)
"""


def main() -> int:
    """Read two packages; R says what is wrong."""
    program = find_program("Rscript", package="r-base-core")
    failed = 0
    for table, checks in ((None, HARD), (family(), FAMILY)):
        with tempfile.TemporaryDirectory() as folder:
            with zipfile.ZipFile(written(Path(folder), "package", table)) as archive:
                archive.extractall(folder)
            Path(folder, "check.R").write_text(checks, encoding="ascii")
            command = [str(program), "--vanilla", "check.R"]
            failed |= subprocess.run(command, cwd=folder, check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
