"""`survey-app instrument`: check, publish, list and download questionnaires."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from forms import library
from forms.attachments import read_beside, write_beside
from forms.media import Picture
from forms.problems import BadInstrument, Level, Problem, Problems
from forms.reading import read_workbook
from forms.workbook import Workbook
from forms.writing import write_workbook
from survey_app.actions import instruments, pictures
from survey_app.actions.pictures import NO_PICTURES
from survey_app.cli.frame import data_option, json_option, opened, show, show_rows
from survey_app.store import queries
from survey_app.store.models import InstrumentVersion


@click.group()
@data_option
def instrument() -> None:
    """Check, publish, list and download questionnaires."""


@instrument.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@data_option
def check(file: Path, as_json: bool) -> None:
    """Say everything that is wrong with an XLSForm workbook; exit 1 if it has errors."""
    problems = _problems(file)
    if as_json:
        show({"problems": [problem.to_json() for problem in problems]})
    else:
        _print(problems)
    if problems.has_errors:
        raise click.exceptions.Exit(1)


@instrument.command("publish")
@click.argument("source", metavar="FILE|NAME")
@click.option("--note", default="", metavar="TEXT", help="What is new in this version.")
@json_option
@data_option
def publish(source: str, note: str, as_json: bool) -> None:
    """Publish a workbook, or a built-in questionnaire by its name, as the next version."""
    if source in library.names() and not Path(source).exists():
        workbook = library.load(source, with_drafts=True)
        name, beside = source, NO_PICTURES
    else:
        name = Path(source).stem
        workbook, beside = _read_good(Path(source))
    with opened():
        version = instruments.publish(workbook, name, beside, note)
        facts = _facts(version)
    if as_json:
        show(facts)
    else:
        click.echo(f"{facts['name']}, version {facts['number']}, is published.")


@instrument.command("list")
@json_option
@data_option
def list_(as_json: bool) -> None:
    """List the published versions, and the built-in questionnaires."""
    with opened():
        listed = [_facts(version) for version in queries.all_versions()]
        listed += [_built_in_facts(name) for name in instruments.built_in_only()]
    if as_json:
        show(listed)
        return
    rows = [
        (each["name"], str(each["number"] or "built in"), each["mode"], _a_title(each["title"]))
        for each in listed
    ]
    show_rows(("NAME", "VERSION", "MODE", "TITLE"), rows)


@instrument.command("download")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def download(name: str, file: Path) -> None:
    """Write the newest version of a questionnaire, or a built-in one, as a workbook.

    Its pictures and tables are written into a folder beside it.
    """
    with opened():
        workbook = instruments.workbook_named(name)
        newest = next(iter(queries.versions_of(name)), None)
        beside = pictures.of_version(newest.id) if newest else NO_PICTURES
    write_workbook(workbook, file)
    write_beside(file, workbook, beside)
    click.echo(f"{name} is written to {file}.", err=True)


def _problems(file: Path) -> Problems:
    try:
        return _judged(file)[2]
    except BadInstrument as error:
        return error.problems


def _read_good(file: Path) -> tuple[Workbook, Mapping[str, Picture]]:
    workbook, beside, problems = _judged(file)
    if problems.has_errors:
        _print(problems)
        raise click.ClickException(f"{file} has errors and is not published.")
    return workbook, beside


def _judged(file: Path) -> tuple[Workbook, Mapping[str, Picture], Problems]:
    """Read a workbook with what lies beside it, and judge both."""
    workbook, refused = read_workbook(file), Problems()
    beside = read_beside(file, refused)
    workbook = workbook.with_tables(beside.tables)
    problems = instruments.check(workbook, file.stem, beside.pictures)
    return workbook, beside.pictures, Problems([*refused, *problems])


def _print(problems: Problems) -> None:
    for problem in problems:
        click.echo(_line(problem), err=problem.level is Level.ERROR)
    if not problems.has_errors:
        click.echo("No errors.")


def _line(problem: Problem) -> str:
    row = None if problem.row is None else f"row {problem.row}"
    place = ", ".join(str(part) for part in (problem.sheet, row, problem.column) if part)
    return f"{problem.level.value}: {place + ': ' if place else ''}{problem.message()}"


def _facts(version: InstrumentVersion) -> dict[str, Any]:
    return {
        "name": version.name,
        "title": version.title,
        "mode": version.mode,
        "number": version.number,
        "version": version.label,
        "published_on": version.published_on.isoformat(),
        "note": version.note,
    }


def _built_in_facts(name: str) -> dict[str, Any]:
    own = instruments.built_in(name)
    return {
        "name": name,
        "title": dict(own.title),
        "mode": own.mode.value,
        "number": None,
        "version": own.version,
        "published_on": None,
        "note": "",
    }


def _a_title(texts: dict[str, str]) -> str:
    return next(iter(texts.values()), "")
