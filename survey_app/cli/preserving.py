"""`survey-app preserve`: what the archive keeps, as one file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click
from flask_babel import force_locale

from survey_app.actions import preserving
from survey_app.cli.frame import data_option, json_option, opened, show

COMMAND_LINE = "survey-app preserve"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@data_option
def preserve(file: Path, as_json: bool) -> None:
    """Write tables, questionnaires and records for the archive into FILE, a zip with checksums."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as target, opened(), force_locale("sv"):
            made = preserving.preserve(target, COMMAND_LINE)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    if as_json:
        show({"rounds": list(made.rounds), "left_out": made.left_out, "files": made.files})
        return
    click.echo(f"{len(made.rounds)} rounds, {len(made.files)} files written to {file}.")
    for name, why in made.left_out.items():
        click.echo(f"Not in it: {name}. {why}")
