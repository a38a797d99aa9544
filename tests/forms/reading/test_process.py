"""The process that reads: bounded, without secrets, and never heard from but by its answer."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import pytest

from forms.problems import BadInstrument, Level, Problem, ProblemCode, Problems, Sentence
from forms.reading import Limits, process, read_workbook, worker
from forms.reading.limits import MEGABYTE
from forms.reading.refusal import problems_from_json, problems_to_json
from tests.forms.reading.files import packed, parts_of

WorkerThat = Callable[[str], None]
SECONDS_AND_MEMORY = """
import resource, sys
from forms.reading import Limits
Limits(cpu_seconds=7, memory_bytes=2**29, output_bytes=999).confine_this_process()
kinds = "CPU AS FSIZE CORE NPROC".split()
print([resource.getrlimit(getattr(resource, f"RLIMIT_{kind}")) for kind in kinds])
"""


@pytest.fixture
def worker_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> WorkerThat:
    """Put a worker of the test's own in the place of the real one."""

    def replace(script: str) -> None:
        package = tmp_path / "forms" / "reading"
        package.mkdir(parents=True, exist_ok=True)
        (package.parent / "__init__.py").touch()
        (package / "__init__.py").touch()
        (package / "worker.py").write_text(f"import json, os, sys, time\n{script}")
        monkeypatch.setitem(process.ENVIRONMENT, "PYTHONPATH", str(tmp_path))

    return replace


def codes_of(data: bytes, limits: Limits) -> list[str]:
    """Read the bytes and give the codes of the mistakes."""
    with pytest.raises(BadInstrument) as caught:
        read_workbook(data, limits=limits)
    return [problem.code.name for problem in caught.value.problems]


def run(script: str, output: IO[bytes] | int) -> subprocess.CompletedProcess[bytes]:
    """Run a script in a process of its own, since limits are for good."""
    return subprocess.run(
        [sys.executable, "-c", script], stdout=output, stderr=subprocess.PIPE, check=False
    )


def test_the_worker_cannot_raise_its_own_limits() -> None:
    """Soft and hard limits are the same, and there are no core dumps and no other processes."""
    shown = run(SECONDS_AND_MEMORY, subprocess.PIPE).stdout.decode()
    assert ast.literal_eval(shown) == [(7, 7), (2**29, 2**29), (999, 999), (0, 0), (0, 0)]


def test_the_worker_confines_itself_before_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """No byte of the file is looked at outside the limits."""
    steps = []
    monkeypatch.setattr(Limits, "confine_this_process", lambda _: steps.append("confined"))
    monkeypatch.setattr("forms.reading.worker.sys.stdin", SimpleNamespace(buffer=Recorder(steps)))
    monkeypatch.setattr("forms.reading.worker.sys.stdout", SimpleNamespace(buffer=BytesIO()))
    worker.main("read", "{}")
    assert steps == ["confined", "read"]


class Recorder:
    """A standard input that notes when it is read."""

    def __init__(self, steps: list[str]) -> None:
        self._steps = steps

    def read(self) -> bytes:
        """Give nothing, and note it."""
        self._steps.append("read")
        return b""


def test_memory_beyond_the_limit_is_refused() -> None:
    """The server keeps what it needs."""
    script = "from forms.reading import Limits; Limits().confine_this_process(); bytes(2**30)"
    assert b"MemoryError" in run(script, subprocess.PIPE).stderr


def test_an_answer_beyond_the_limit_is_cut_off(tmp_path: Path) -> None:
    """The disk does not fill up."""
    script = "from forms.reading import Limits; Limits(output_bytes=9).confine_this_process(); "
    with (tmp_path / "answer").open("wb") as answer:
        assert run(f"{script} print('a' * 99)", answer).returncode != 0
    assert (tmp_path / "answer").stat().st_size == 9


def test_a_reader_without_memory_or_time_says_so() -> None:
    """The author is told that the workbook is too much, and the server goes on."""
    data = packed(parts_of() | {"xl/media/image1.png": os.urandom(4 * MEGABYTE)})
    assert codes_of(data, Limits(memory_bytes=2**25)) == ["TOOK_TOO_LONG"]
    assert codes_of(data, Limits(output_bytes=9)) == ["TOOK_TOO_LONG"]


def test_a_reader_that_waits_is_stopped(worker_that: WorkerThat) -> None:
    """A limit on processor time does not count sleep."""
    worker_that("time.sleep(15)")
    assert codes_of(b"", Limits(wall_seconds=1)) == ["TOOK_TOO_LONG"]


def test_the_worker_inherits_no_secret(
    worker_that: WorkerThat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes over the reader finds neither keys nor the database's address."""
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@localhost/x")
    sheet = "{'name': ' '.join(sorted(os.environ)), 'headers': [], 'rows': []}"
    worker_that(f"print(json.dumps({{'workbook': {{'sheets': [{sheet}]}}}}))")
    shown = read_workbook(b"").sheets[0].name
    assert shown.split() == sorted(process.ENVIRONMENT)


@pytest.mark.parametrize(
    "answer", ["", "nonsense", "[]", "{}", "7", '{"workbook": 1}', '{"problems": [{"code": "X"}]}']
)
def test_an_answer_that_makes_no_sense_is_a_damaged_workbook(
    worker_that: WorkerThat, answer: str
) -> None:
    """Whoever takes over the reader cannot bring down the server."""
    worker_that(f"print({answer!r})")
    assert codes_of(b"", Limits()) == ["BROKEN_WORKBOOK"]


def test_problems_cross_the_border_unchanged() -> None:
    """Sentences inside sentences are still translated on the other side."""
    detail = Sentence("it is %(what)s", {"what": "empty"})
    place: dict[str, Any] = {"sheet": "survey", "row": 3, "column": "label"}
    found = [
        Problem(code=ProblemCode.BROKEN_WORKBOOK, params={"detail": detail}),
        Problem(code=ProblemCode.CELL_TOO_LONG, level=Level.WARNING, params={"limit": 9}, **place),
    ]
    packed_problems = json.loads(json.dumps(problems_to_json(Problems(found))))
    assert list(problems_from_json(packed_problems)) == found
