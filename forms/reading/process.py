"""Run the worker: another process, without our secrets, that cannot outgrow its limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

import forms
from forms.marking import N_
from forms.problems import ProblemCode, Sentence
from forms.reading.limits import Limits
from forms.reading.refusal import refusal

Answer = TypeVar("Answer")

# Where our packages are; the worker inherits nothing else of the environment.
ENVIRONMENT = {
    "PYTHONPATH": str(Path(forms.__path__[0]).resolve().parent),
    "PYTHONDONTWRITEBYTECODE": "1",
    "LC_ALL": "C.UTF-8",
    # Should numpy be there, openpyxl imports it, and a thread per core takes memory for nothing.
    "OPENBLAS_NUM_THREADS": "1",
}


def answer_of(
    command: str, question: IO[bytes], limits: Limits, understand: Callable[[Any], Answer]
) -> Answer:
    """Let a worker answer; question and answer are files, so neither side waits for the other.

    Args:
        command: One of the worker's.
        question: What it gets on standard input.
        limits: What it may use.
        understand: Makes something of the JSON it answered, and may raise `BadInstrument`.

    Raises:
        BadInstrument: The worker was stopped by a limit, died of what it read, or was taken over
            by it and answers nonsense.
    """
    with TemporaryFile() as answer:
        _run(command, question, answer, limits)
        answer.seek(0)
        try:
            return understand(json.load(answer))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            detail = Sentence(N_("its reader gave no answer"))
            raise refusal(ProblemCode.BROKEN_WORKBOOK, detail=detail) from error


def _run(command: str, question: IO[bytes], answer: IO[bytes], limits: Limits) -> None:
    arguments = ["-P", "-s", "-m", "forms.reading.worker", command, json.dumps(asdict(limits))]
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and module; the file is only its input
            [sys.executable, *arguments],
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
            timeout=limits.wall_seconds,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise refusal(ProblemCode.TOOK_TOO_LONG) from error
