"""A short run of the chaos; `python -m tests.robustness.chaos` is the long one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.tools.programs import ROOT

PATIENCE = 300  # seconds; a run takes one minute
STANDSTILL = "Timeout (0:05:00)!"  # what Python says of a run that it ends


def run(*options: str) -> subprocess.CompletedProcess[str]:
    """Run the chaos with a questionnaire of its own."""
    command = [
        sys.executable,
        "-m",
        "tests.robustness.chaos",
        "--patience",
        str(PATIENCE),
        *options,
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_every_answer_arrives_once_whatever_happens(chromium) -> None:
    """A school's Wi-Fi on a bad day: nothing lost, nothing double."""
    done = run("--answers", "12", "--seed", "7")
    if STANDSTILL in done.stderr:  # the browser that is killed in between, not an answer
        sys.stderr.write(done.stderr)
        done = run("--answers", "12", "--seed", "8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["stored"] == 12


@pytest.mark.slow
def test_a_standstill_says_where(chromium) -> None:
    """Nobody waits for ever for a run that does not go on."""
    done = run("--patience", "1")
    assert done.returncode == 1
    assert "Timeout (0:00:01)!" in done.stderr
