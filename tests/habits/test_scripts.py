"""Habits of the scripts: schools keep their tablets for long."""

from __future__ import annotations

import re

from tests.habits.repository import name_of, repository_files, text_of

# What Safari 15.4 lacks (March 2022: an iPad Air 2 or mini 4 gets no later one), and would fail on.
TOO_NEW = re.compile(
    r"AbortSignal\.(?:timeout|any)\(|\(\?<[=!]|\.to(?:Sorted|Reversed|Spliced)\(|withResolvers|groupBy\("
    r"|static \{|fromAsync|\.(?:union|difference|intersection|isSubsetOf)\(|isWellFormed|/v[;,)]"
    r"|requestSubmit|checkVisibility|showPicker|new FormData\([^()]*,"
)


def test_no_script_asks_for_more_than_an_old_ipad_has() -> None:
    """A request that nobody ends, or a module that does not load, loses nobody's answer there."""
    assert TOO_NEW.search("fetch(address, { signal: AbortSignal.timeout(20) })")
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in repository_files()
        if name_of(path).startswith("survey_app/static/js/")
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if not line.lstrip().startswith(("//", "*", "/*")) and TOO_NEW.search(line)
    ]
    assert found == []
