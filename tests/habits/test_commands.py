"""Habits of the command line: every command is in the README."""

from __future__ import annotations

from collections.abc import Iterator

import click

from survey_app import cli
from tests.tools.programs import ROOT


def commands(command: click.Command, path: str) -> Iterator[str]:
    """Yield each command that does something, as it is typed."""
    if not isinstance(command, click.Group):
        yield path
        return
    for name, inner in command.commands.items():
        yield from commands(inner, f"{path} {name}")


def test_every_command_is_in_the_readme() -> None:
    """Whoever runs a server finds every command without reading code."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    known = list(commands(cli.main, "survey-app"))
    assert known
    assert [command for command in known if command not in readme] == []
