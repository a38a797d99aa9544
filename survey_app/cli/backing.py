"""`survey-app backup` and `survey-app restore`: an installation as one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from survey_app.actions import backups
from survey_app.actions.backups import Manifest
from survey_app.cli.frame import chosen_data, data_option, json_option, opened, show
from survey_app.settings import data_directory, database_url

FILE = click.Path(path_type=Path, dir_okay=False)
identity_option = click.option(
    "--identity", type=FILE, help="The file of the age key that the backup is encrypted for."
)


@click.command()
@click.argument("file", type=FILE)
@click.option("--verify", is_flag=True, help="Read the backup to its end afterwards.")
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="AGE1…",
    help="Encrypt it for the owner of this public key of age; may be repeated.",
)
@identity_option
@json_option
@data_option
def backup(
    file: Path, verify: bool, recipients: tuple[str, ...], identity: Path | None, as_json: bool
) -> None:
    """Write everything that is kept into FILE, while the server goes on.

    Anonymous answers that wait to be released are not in it, nor the keys that lock them: no
    series of backups tells who answered when.
    """
    if verify and recipients and identity is None:
        raise click.UsageError("To verify an encrypted backup, name its key with --identity.")
    _refuse_nothing()
    with opened():
        made = backups.backup(file, recipients)
        if verify:
            backups.verify(file, identity)
    _tell(made, f"{file} is written{' and verified' if verify else ''}.", as_json)


@click.command()
@click.argument("file", type=FILE)
@identity_option
@json_option
@data_option
def restore(file: Path, identity: Path | None, as_json: bool) -> None:
    """Make an installation of the backup FILE, in a data directory that is empty or not there."""
    data = data_directory(chosen_data())
    made = backups.restore(file, data, database_url(data), identity)
    with opened():  # a later release brings the tables up to date
        pass
    _tell(made, f"{data} is restored.", as_json)


def _refuse_nothing() -> None:
    """Refuse to back up what would only now be made: a wrong directory must not look like one."""
    data = data_directory(chosen_data())
    url = make_url(database_url(data))
    file = Path(str(url.database)) if url.get_backend_name() == "sqlite" else None
    if not data.is_dir() or (file and not file.is_file()):
        raise click.ClickException(
            f"There is nothing to back up in {data}. Name the server's data directory with --data, "
            "and give the command the server's settings."
        )


def _tell(made: Manifest, sentence: str, as_json: bool) -> None:
    if as_json:
        show({**asdict(made), "rows": dict(made.rows)})
        return
    click.echo(sentence)
    click.echo(
        f"{sum(made.rows.values())} rows in {len(made.rows)} tables, {len(made.files)} files."
    )
