"""`survey-app report`: a half-year's report (delrapport)."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import force_locale

from survey_app.cli.frame import data_option, open_private, opened, private_draft
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
    with private_draft(output) as draft:
        with opened(), force_locale(STAFF_LANGUAGES[language]), open_private(draft) as file:
            file.write(half_year_files.take(term, file_format, COMMAND_LINE))
        draft.replace(output)
    click.echo(f"Written to {output}.", err=True)
