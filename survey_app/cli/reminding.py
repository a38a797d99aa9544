"""`survey-app remind`: mail to teams that have something left to hand in."""

from __future__ import annotations

import click
from flask import current_app

from survey_app.actions.mailing import OUTBOX
from survey_app.actions.returns import reminding
from survey_app.cli.frame import data_option, json_option, opened, show


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say who would be reminded.")
@json_option
@data_option
def remind(dry_run: bool, as_json: bool) -> None:
    """Remind teams of what is due: a week before, the day after and a week after, once each."""
    with opened():
        done = reminding.due_now() if dry_run else reminding.remind()
        is_mailed = bool(current_app.config["SETTINGS"].smtp)
    if as_json:
        show([{"round": e.round, "team": e.team, "step": e.step, "to": e.to} for e in done])
        return
    for each in done:
        click.echo(f"{each.round} {each.team} {each.step}: {', '.join(each.to)}")
    if dry_run or not done:
        click.echo(f"{len(done)} to send." if done else "No reminder is due.")
    elif not is_mailed:
        click.echo(f"No mail server is set: the mails lie in the folder {OUTBOX} of the data.")
