"""Run our commands in processes of their own that begin with the program loaded.

Loading it takes most of a short command's time. The standard library's fork server loads it once
for each test process; the start from nothing is tested where servers start.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

LOADED = ["survey_app.cli", "forms.reading.worker", "tests.tools.commands", "tests.tools.reading"]
SECONDS = 120


@dataclass(frozen=True)
class Done:
    """A command that has ended: its exit status and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run_command(*arguments: str | Path) -> Done:
    """Run ``survey-app`` with these arguments and wait for its end."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    with tempfile.TemporaryDirectory() as folder:
        printed = [Path(folder) / name for name in ("stdout", "stderr")]
        words = [str(each) for each in arguments]
        process = context.Process(target=_run, args=(words, *printed, dict(os.environ)))
        process.start()
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
        said = [each.read_text(encoding="utf-8") for each in printed]
        return Done(process.exitcode if process.exitcode is not None else -1, *said)


def _run(words: list[str], stdout: Path, stderr: Path, environment: dict[str, str]) -> None:
    """Be the command, in the new process."""
    from survey_app.cli import main  # noqa: PLC0415  # loaded already, before this process began

    for number, file in ((1, stdout), (2, stderr)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["survey-app", *words]
    main(words, prog_name="survey-app")
