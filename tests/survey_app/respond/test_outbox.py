"""The device's outbox, where the device itself fails: run under Node."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.tools.programs import ROOT, find_program


@pytest.fixture(scope="module")
def outcomes() -> dict[str, object]:
    """Send one answer from a browser that keeps it and cannot let it go."""
    command = [find_program("node", package="nodejs"), ROOT / "tests/js/run_outbox.mjs"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_device_that_lets_nothing_go_still_thanks(outcomes) -> None:
    """The pupil is not left before "Sending …": it is sent, and once more it counts once."""
    assert outcomes["outcome"] == {"kind": "sent", "address": "http://here/e/round/thanks"}
    assert outcomes["waiting"] == 1


def test_a_clock_that_is_put_right_locks_no_adult_out(outcomes) -> None:
    """A pause of years comes from a clock that ran ahead, not from wrong tries."""
    assert outcomes["pauses"] == [30, 0]
