"""`survey-app export`: coded files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from flask_babel import force_locale

from exports.qda.formats import QDA_FORMATS
from exports.writers import FORMATS, ZIP
from survey_app.actions import exporting, extracts, rounds
from survey_app.actions.errors import RoundUnknown
from survey_app.cli.frame import data_option, open_private, opened, private_draft
from survey_app.store import queries


@click.command()
@click.argument("name", metavar="ROUND|INSTRUMENT")
@click.option("--format", "file_format", type=click.Choice([*FORMATS, *QDA_FORMATS]), required=True)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write; one of that name is replaced when the new one is whole.",
)
@data_option
def export(name: str, file_format: str, output: Path) -> None:
    """Write the responses of a round, or of all rounds of an instrument."""
    with private_draft(output) as draft:
        with opened():
            written = _write(name, file_format, draft)
            notes = _notes(name)
        output = _named(output, draft, file_format)
        draft.replace(output)
    click.echo(f"{written} responses written to {output}.", err=True)
    for note in notes:
        click.echo(note, err=True)


def _notes(name: str) -> Sequence[str]:
    """Say what a reader of the file must know, for not every kind of file has a place for it."""
    found = queries.round_named(name)
    with force_locale("en"):
        return exporting.notes_on([found] if found else queries.rounds_of(name))


def _named(output: Path, draft: Path, file_format: str) -> Path:
    """Call several files in one archive, which repeats make, what they are."""
    found = FORMATS.get(file_format)
    is_archive = found is not None and found.kind_of(draft) is ZIP
    return output.with_suffix(ZIP.suffix) if is_archive else output


def _write(name: str, file_format: str, target: Path) -> int:
    with open_private(target) as file:
        try:
            found = rounds.find(name)
        except RoundUnknown:
            return extracts.take_instrument(name, file_format, file, extracts.COMMAND_LINE)
        return extracts.take_round(found, file_format, file, extracts.COMMAND_LINE)
