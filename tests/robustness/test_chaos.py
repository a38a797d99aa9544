"""A short run of the chaos; `python -m tests.robustness.chaos` is the long one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.tools.programs import ROOT


@pytest.mark.slow
def test_every_answer_arrives_once_whatever_happens(chromium) -> None:
    """A school's Wi-Fi on a bad day: nothing lost, nothing double."""
    command = [sys.executable, "-m", "tests.robustness.chaos", "--answers", "25", "--seed", "7"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["stored"] == 25
