"""`survey-app account`: who may log in."""

from __future__ import annotations

import click

from survey_app.actions import accounts
from survey_app.audience import Role
from survey_app.cli.frame import data_option, opened


@click.group()
@data_option
def account() -> None:
    """Make accounts."""


@account.command("create")
@click.argument("email")
@click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    required=True,
    help="What the account may do; may be given several times.",
)
@click.option(
    "--school",
    "schools",
    multiple=True,
    help="Code of the school whose attendance and grades a school_officer reports.",
)
@data_option
def create(email: str, roles: tuple[str, ...], schools: tuple[str, ...]) -> None:
    """Make an account and print its password, which is shown only this once."""
    if schools and Role.SCHOOL_OFFICER not in roles:
        raise click.UsageError(f"--school goes with --role {Role.SCHOOL_OFFICER}.")
    with opened():
        password = accounts.create(email, roles, schools=schools)
    click.echo(f"Account: {email}\nPassword: {password}")
