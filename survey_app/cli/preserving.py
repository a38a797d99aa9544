"""`survey-app preserve`: what the archive keeps, as one file."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import force_locale

from survey_app.actions import preserving
from survey_app.cli.frame import data_option, json_option, open_private, opened, private_draft, show
from survey_app.languages import DEFAULT

COMMAND_LINE = "survey-app preserve"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@data_option
def preserve(file: Path, as_json: bool) -> None:
    """Write tables, questionnaires and records for the archive into FILE, a zip with checksums."""
    with private_draft(file) as draft:
        with open_private(draft) as target, opened(), force_locale(DEFAULT):
            made = preserving.preserve(target, COMMAND_LINE)
        draft.replace(file)
    if as_json:
        show({"rounds": list(made.rounds), "left_out": made.left_out, "files": made.files})
        return
    click.echo(f"{len(made.rounds)} rounds, {len(made.files)} files written to {file}.")
    for name, why in made.left_out.items():
        click.echo(f"Not in it: {name}. {why}")
