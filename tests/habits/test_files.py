"""Habits of every file: it opens with its purpose, stays readable, and works anywhere."""

from __future__ import annotations

import ast
import os
import re

import pytest

from tests.habits.repository import name_of, python_files, repository_files, text_of

LONGEST = 300
# Long tables are fine; each says here what it is a table of.
LONG_TABLES: dict[str, str] = {
    "forms/catalogue.py": "the problems that a questionnaire may have, a sentence each",
    "tests/forms/lint/examples.py": "what each rule of the linter speaks of, and the same mended",
}

# Each pattern has a bracket or an escape in it, so that none of them finds itself.
ELSEWHERE = re.compile(
    r"p[y]pi\.org|pythonh[o]sted|npm[j]s|yarn[p]kg|(d[e]b|s[e]curity)\.debian|archive\.ubunt[u]"
    r"|ind[e]x[-_]url\b|[-]-find[-]links|\"resolved\": *\"http|\bregistry *= *\S*://"
)
ONE_MACHINE = re.compile(r"(?<![\w.$)}])/(?:w[o]rk|r[o]ot|h[o]me/\w+|Us[e]rs/\w+)/")


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    """Give each line of the repository that matches, with its place."""
    return [
        f"{name_of(path)}:{number}: {line.strip()[:120]}"
        for path in repository_files()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_every_module_says_what_it_is_for() -> None:
    """A newcomer reads one sentence, then knows whether to read on."""
    silent = [name_of(path) for path in python_files() if not ast.get_docstring(parse(path))]
    assert silent == []


def parse(path: os.PathLike[str]) -> ast.Module:
    """Read a Python file as a tree."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  # any path
        return ast.parse(file.read())


def test_no_python_file_is_too_long_to_read() -> None:
    """A module is read in one sitting; a long table has its reason above."""
    lengths = {name_of(path): len(text_of(path).splitlines()) for path in python_files()}
    long = {name for name, length in lengths.items() if length > LONGEST}
    assert long == set(LONG_TABLES), "Split the file, or name the table and its reason"
    assert all(LONG_TABLES.values())


def test_no_file_names_where_packages_come_from() -> None:
    """Whoever installs decides which mirror to ask."""
    assert lines_matching(ELSEWHERE) == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    """A clone works wherever it lies."""
    assert lines_matching(ONE_MACHINE) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (ELSEWHERE, "pip install --index" + "-url https://mirror.example/simple flask"),
        (ELSEWHERE, '"resol' + 'ved": "https://mirror.example/axe-core.tgz"'),
        (ELSEWHERE, "https://py" + "pi.org/project/flask"),
        (ONE_MACHINE, "data = '/wo" + "rk/main/data'"),
        (ONE_MACHINE, "cd /ho" + "me/anna/survey"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], line: str) -> None:
    """A pattern that finds nothing keeps nothing out."""
    assert pattern.search(line)


def test_commands_can_be_run_and_are_plain_sh() -> None:
    """The first command of the README works right after the clone."""
    files = {name_of(path): path for path in repository_files()}
    for name in ("start", "check", ".ci/run"):
        assert os.access(files[name], os.X_OK), f"chmod +x {name}"
    for name in ("start", "check", "scripts/environment.sh", "scripts/test_tools.sh"):
        assert not re.search(r"\[\[|\blocal \b|\bfunction \b|<<<", text_of(files[name])), name
