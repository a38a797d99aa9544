"""Habits of settings: whoever runs a server finds every one in the documentation."""

from __future__ import annotations

import re

from tests.tools.programs import ROOT

NAMED = re.compile(r'^[A-Z_]*VARIABLE = "([A-Z_]+)"', re.MULTILINE)
DOCUMENTED = ROOT / "docs" / "deployment.md"


def test_every_setting_is_documented() -> None:
    """A setting that nobody can find is no setting."""
    sources = [path.read_text("utf-8") for path in (ROOT / "survey_app").rglob("*.py")]
    known = {name for source in sources for name in NAMED.findall(source)}
    assert "SURVEY_APP_ADDRESS" in known
    documented = DOCUMENTED.read_text("utf-8")
    assert sorted(name for name in known if f"`{name}`" not in documented) == []


def test_the_documented_settings_exist() -> None:
    """Nobody sets what is not read."""
    sources = [path.read_text("utf-8") for path in (ROOT / "survey_app").rglob("*.py")]
    said = set(re.findall(r"`(SURVEY_APP_[A-Z_]+[A-Z])`", DOCUMENTED.read_text("utf-8")))
    assert sorted(name for name in said if not any(name in source for source in sources)) == []
