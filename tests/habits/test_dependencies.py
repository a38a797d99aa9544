"""Habits of what we depend on: each part has its reason written down."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from tests.tools.programs import ROOT


def project() -> dict[str, Any]:
    """Read the project's table of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def normal(name: str) -> str:
    """Write a package's name in one way."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    """Give the packages that a list of requirements names."""
    return {normal(re.split(r"[\[<>=!~; ]", text, maxsplit=1)[0]) for text in requirements}


def section(text: str, title: str) -> str:
    """Give the part of a Markdown text under a heading with this word."""
    found = re.search(rf"^(#+) [^\n]*\b{title}\b[^\n]*\n(.*?)(?=^\1 |\Z)", text, re.M | re.S)
    assert found, f"ARCHITECTURE.md has no heading with the word {title}"
    return found[2]


def reasons(text: str) -> Iterator[tuple[str, str]]:
    """Yield package and reason for each row of a table whose first column names packages."""
    for row in re.findall(r"^\|(.+)\|\s*$", text, re.M):
        cells = [cell.strip() for cell in row.split("|")]
        for name in re.split(r"[,\s]+", cells[0].replace("`", "")):
            yield normal(re.sub(r"\[.*", "", name)), cells[-1] if len(cells) > 1 else ""


def test_every_dependency_has_its_reason() -> None:
    """Whoever maintains this knows what each part is for, and so when it can go."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    written = {name: reason for name, reason in reasons(section(text, "Dependencies")) if reason}
    extras = [item for extra in project()["optional-dependencies"].values() for item in extra]
    wanted = names(project()["dependencies"]) | {
        name for name in names(extras) if not name.startswith("types-") and "-stubs" not in name
    }
    assert sorted(wanted - set(written)) == []


def test_rows_without_a_reason_do_not_count() -> None:
    """A name alone is no reason."""
    rows = "| package | reason |\n|---|---|\n| `flask`, `Flask_WTF` | web |\n| lxml | |\n"
    read = dict(reasons(rows))
    assert read["flask"] == read["flask-wtf"] == "web"
    assert read["lxml"] == ""
