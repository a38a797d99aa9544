"""`survey-app audit`: whether the trail of changes is what was written."""

from __future__ import annotations

import click

from survey_app.actions import trail
from survey_app.cli.frame import data_option, json_option, opened, show


@click.group()
@data_option
def audit() -> None:
    """Check the trail of changes."""


@audit.command("verify")
@json_option
@data_option
def verify(as_json: bool) -> None:
    """Check every entry against the one before; exit 1 when one is not what was written.

    Note the last hash outside this server: when it is no longer among the entries, the newest
    ones were cut off.
    """
    with opened():
        verdict = trail.verify()
    facts = {"entries": verdict.entries, "is_whole": verdict.is_whole, "broken": verdict.broken,
             "last_hash": verdict.last_hash}  # fmt: skip
    if as_json:
        show(facts)
    elif verdict.is_whole:
        click.echo(f"{verdict.entries} entries, all as they were written.")
        click.echo(f"Last hash, to note elsewhere: {verdict.last_hash}")
    else:
        click.echo(f"Entry {verdict.broken} of {verdict.entries} is not what was written.")
        click.echo(f"Last hash before it: {verdict.last_hash}")
    if not verdict.is_whole:
        click.get_current_context().exit(1)
