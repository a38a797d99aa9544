"""Fixtures that any test may ask for."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import settings

# Most tests log in by password alone; those about the second factor ask for it.
os.environ.setdefault("SURVEY_APP_SECOND_FACTOR", "off")
# A slow machine is no bug: examples have no time limit. Continuous integration tries the same
# examples every time; a developer's machine tries new ones.
settings.register_profile(
    "survey-app", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True
)
settings.load_profile("survey-app")

pytest_plugins = ["tests.tools.browser", "tests.tools.server", "tests.tools.postgresql"]

SLOW_FIXTURES = {"browser", "demo_server", "field_server", "live_server", "postgresql"}


WAITING = {Path(__file__).parent / name for name in ("journeys", "robustness")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser or a whole server, which ``./check --fast`` leaves out.

    Files that wait a good deal are spread among those that compute: processes that share the
    cores would else all wait at one time and all compute at another.
    """
    for item in items:
        if SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    files = [list(its) for _, its in groupby(items, key=lambda item: item.path)]
    waiting = [its for its in files if its[0].path.parent in WAITING]
    others = [its for its in files if its[0].path.parent not in WAITING]
    placed = [(number / len(several), number, its)
              for several in (waiting, others) for number, its in enumerate(several)]  # fmt: skip
    items[:] = [item for *_, its in sorted(placed, key=lambda one: one[:2]) for item in its]
