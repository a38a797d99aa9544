"""Habits of the templates: what they import, they use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from tests.habits.repository import name_of, repository_files, text_of

# Only parsed, never rendered; the extensions are Flask-Babel's tags.
PARSER = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])


def templates() -> list[Path]:
    """Give the app's templates."""
    return [
        path for path in repository_files() if name_of(path).startswith("survey_app/templates/")
    ]


def imported_names(tree: nodes.Template) -> Iterator[str]:
    """Yield each name that a template's imports bind."""
    for node in tree.find_all(nodes.Import):
        yield node.target
    for chosen in tree.find_all(nodes.FromImport):
        for name in chosen.names:
            yield name[1] if isinstance(name, tuple) else name


def unused_imports(source: str) -> list[str]:
    """Give the names that a template imports and never uses."""
    tree = PARSER.parse(source)
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    return [name for name in imported_names(tree) if name not in used]


def test_no_template_imports_what_it_does_not_use() -> None:
    """Whoever changes a macro finds the templates that need it, and no others."""
    unused = {name_of(path): unused_imports(text_of(path)) for path in templates()}
    assert {name: found for name, found in unused.items() if found} == {}


def test_an_unused_import_is_found() -> None:
    """Both kinds of import count, and the name that they bind."""
    source = (
        '{% import "a.html" as a %}{% from "b.html" import tile, row as line, gone %}'
        "{{ tile(1) }}{% call line() %}{% endcall %}"
    )
    assert sorted(unused_imports(source)) == ["a", "gone"]
