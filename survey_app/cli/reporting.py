"""`survey-app report`: a half-year's report (delrapport)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click
from flask_babel import force_locale

from survey_app.cli.frame import data_option, opened
from survey_app.languages import DEFAULT, STAFF_LANGUAGES
from survey_app.results import half_year_files

COMMAND_LINE = "survey-app report"


@click.command()
@click.argument("term", metavar="TERM")
@click.option(
    "--format", "file_format", type=click.Choice([*half_year_files.FORMATS]), required=True
)
@click.option(
    "--language", type=click.Choice([*STAFF_LANGUAGES]), default=DEFAULT, show_default=True
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write; one of that name is replaced when the new one is whole.",
)
@data_option
def report(term: str, file_format: str, language: str, output: Path) -> None:
    """Write the report of a half-year, such as ht-2026 or vt-2026."""
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        with opened(), force_locale(STAFF_LANGUAGES[language]):
            _write(draft, half_year_files.take(term, file_format, COMMAND_LINE))
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"Written to {output}.", err=True)


def _write(target: Path, content: bytes) -> None:
    """Write a file that only its owner can read."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
