"""What refusing a file costs: the memory and time of the process that read it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from forms.reading.limits import MEGABYTE

# Runs in a process of its own, since a process knows only the largest of all its children.
MEASURE = """
import json, resource, sys
from forms.problems import BadInstrument
from forms.reading import Limits, read_workbook
try:
    read_workbook(sys.argv[1], limits=Limits(**json.loads(sys.argv[2])))
    codes = []
except BadInstrument as error:
    codes = [problem.code.name for problem in error.problems]
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([codes, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime]))
"""


def assert_refused_cheaply(
    path: Path, data: bytes, code: str, *, seconds: float, megabytes: int, **limits: int
) -> None:
    """See that the file is refused with `code`, and what its reader used of the machine."""
    path.write_bytes(data)
    arguments = ["-c", MEASURE, str(path), json.dumps(limits)]
    result = subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=True, text=True
    )
    codes, memory, cpu = json.loads(result.stdout)
    assert codes == [code]
    assert memory < megabytes * MEGABYTE
    assert cpu < seconds
