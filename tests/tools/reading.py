"""Let the worker that reads workbooks begin with its modules loaded: most of its time goes there.

The start from nothing, and what the worker may not do, is tested in ``tests/forms/reading``.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from dataclasses import asdict
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from typing import IO

from forms.problems import ProblemCode
from forms.reading.limits import Limits
from forms.reading.refusal import refusal
from tests.tools.commands import LOADED


def run_in_fork(command: str, question: IO[bytes], answer: IO[bytes], limits: Limits) -> None:
    """Do what ``forms.reading.process._run`` does, in a process of the fork server."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    with TemporaryDirectory() as folder:
        asked, answered = (Path(folder) / name for name in ("question", "answer"))
        asked.write_bytes(question.read())
        process = context.Process(target=_work, args=(command, asked, answered, asdict(limits)))
        process.start()
        process.join(limits.wall_seconds)
        if process.exitcode != 0:
            process.kill()
            process.join()
            error = CalledProcessError(process.exitcode or -1, command)
            raise refusal(ProblemCode.TOOK_TOO_LONG) from error
        answer.write(answered.read_bytes())


def _work(command: str, question: Path, answer: Path, limits: dict[str, int]) -> None:
    """Be the worker, in the new process."""
    from forms.reading import worker  # noqa: PLC0415  # loaded already, before this process began

    for number, file, way in ((0, question, os.O_RDONLY), (1, answer, os.O_WRONLY | os.O_CREAT)):
        os.dup2(os.open(file, way, 0o600), number)
    sys.stdin = os.fdopen(0, encoding="utf-8")  # multiprocessing put another in its place
    worker.main(command, json.dumps(limits))
