"""A short run of what falls; `python -m tests.robustness.crash` is the long one, of 5,000 answers."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.robustness.crash.installation import Installation
from tests.robustness.crash.scenarios import SCENARIOS
from tests.tools.server import survey_app_command

# Killing the server amid answers is tests/survey_app/store/test_crash.py; the rest is in the long run.
SHORT = ("returns-with-postgresql-killed", "disk-full", "clock-jumps", "database-read-only")
ANSWERS = 90


@pytest.mark.slow
@pytest.mark.parametrize("name", SHORT)
def test_what_is_acknowledged_is_stored_once_whatever_falls(tmp_path, name) -> None:
    """Nothing lost, nothing doubled, no error without a word, and nobody has to mend it by hand."""
    if name == "database-read-only" and os.geteuid() != 0:
        pytest.skip("only root can make a file immutable: run it as sudo ./check")
    report = SCENARIOS[name](tmp_path, ANSWERS)
    assert report["is_right"], report


@pytest.mark.slow
def test_a_server_that_may_not_write_says_so_at_its_start(tmp_path) -> None:
    """Whoever starts it reads what to mend, and not a traceback."""
    place = Installation(tmp_path)
    place.run("round", "list")
    lock = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    file = place.data / "survey.sqlite"
    command = ["unshare", "-rm", "sh", "-c", lock, file, *survey_app_command()]
    done = subprocess.run(
        [*command, "serve", "--port", "0", "--data", place.data],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "readonly" in done.stderr
    assert "own user" in done.stderr
    assert "Traceback" not in done.stderr
