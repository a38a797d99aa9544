"""Fixtures that any test may ask for."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A slow machine is no bug: examples have no time limit. Continuous integration tries the same
# examples every time; a developer's machine tries new ones.
settings.register_profile(
    "survey-app", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True
)
settings.load_profile("survey-app")

pytest_plugins = ["tests.tools.browser", "tests.tools.server", "tests.tools.postgresql"]

SLOW_FIXTURES = {"browser", "demo_server", "field_server", "live_server", "postgresql"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser or a whole server, which ``./check --fast`` leaves out."""
    for item in items:
        if SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
