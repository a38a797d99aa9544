"""`survey-app doctor`: what is wrong with a deployment, in words."""

from __future__ import annotations

from dataclasses import asdict

import click

from survey_app.actions import checkup
from survey_app.actions.checkup import Level
from survey_app.cli.frame import data_option, json_option, opened, show

SIGNS = {Level.GOOD: "ok", Level.WARNING: "warning", Level.ERROR: "ERROR"}


@click.command()
@json_option
@data_option
def doctor(as_json: bool) -> None:
    """Look at the deployment and say what is wrong; exit 1 when something must be mended."""
    with opened():
        found = checkup.look()
    if as_json:
        show([asdict(each) for each in found])
    else:
        for each in found:
            click.echo(f"{SIGNS[each.level]:8} {each.sentence}")
    if any(each.level is Level.ERROR for each in found):
        click.get_current_context().exit(1)
