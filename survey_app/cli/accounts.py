"""`survey-app account`: who may log in."""

from __future__ import annotations

import click
from flask import Flask

from survey_app.actions import accounts, invitations, trail
from survey_app.actions.invitations import Link
from survey_app.audience import Role
from survey_app.cli.frame import data_option, opened

roles_option = click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    required=True,
    help="What the account may do; may be given several times.",
)
districts_option = click.option(
    "--district",
    "districts",
    multiple=True,
    help="Code of a district whose figures a district_reader sees.",
)


@click.group()
@data_option
def account() -> None:
    """Make accounts."""


@account.command("create")
@click.argument("email")
@roles_option
@click.option(
    "--school",
    "schools",
    multiple=True,
    help="Code of the school whose attendance and grades a school_officer reports.",
)
@districts_option
@data_option
def create(
    email: str, roles: tuple[str, ...], schools: tuple[str, ...], districts: tuple[str, ...]
) -> None:
    """Make an account and print its password, which is shown only this once."""
    if schools and Role.SCHOOL_OFFICER not in roles:
        raise click.UsageError(f"--school goes with --role {Role.SCHOOL_OFFICER}.")
    _refuse_districts(roles, districts)
    with opened():
        password = accounts.create(email, roles, schools=schools, districts=districts)
    click.echo(f"Account: {email}\nPassword: {password}")


@account.command("invite")
@click.argument("email")
@roles_option
@click.option("--school", "schools", multiple=True, help="Code of a school that it reports.")
@click.option(
    "--post",
    "posts",
    type=(str, str),
    multiple=True,
    metavar="TEAM POST",
    help="A vacant post of a team that it takes.",
)
@districts_option
@data_option
def invite(
    email: str,
    roles: tuple[str, ...],
    schools: tuple[str, ...],
    posts: tuple[tuple[str, str], ...],
    districts: tuple[str, ...],
) -> None:
    """Print a link by which somebody makes the account: once, within a week."""
    _refuse_districts(roles, districts)
    with opened() as app:
        link = invitations.invite(
            email, roles, trail.SYSTEM, schools=schools, posts=posts, districts=districts
        )
        _print_link(app, link)


@account.command("roles")
@click.argument("email")
@roles_option
@districts_option
@data_option
def set_roles(email: str, roles: tuple[str, ...], districts: tuple[str, ...]) -> None:
    """Give an account these roles, and no others; with --district these districts, too."""
    _refuse_districts(roles, districts)
    with opened():
        accounts.set_roles(email, roles, trail.SYSTEM, districts or None)
    click.echo(f"{email}: {', '.join(roles)}")


@account.command("password-link")
@click.argument("email")
@data_option
def password_link(email: str) -> None:
    """Print a link by which an account gets another password."""
    with opened() as app:
        _print_link(app, invitations.renew(email, trail.SYSTEM))


@account.command("remove-factor")
@click.argument("email")
@data_option
def remove_factor(email: str) -> None:
    """Take the second factor of somebody who has lost the telephone; the next login asks anew."""
    with opened():
        accounts.remove_factor(email, trail.SYSTEM)
    click.echo(f"{email} has no second factor now.")


@account.command("close")
@click.argument("email")
@data_option
def close(email: str) -> None:
    """Close an account, and log it out everywhere."""
    with opened():
        accounts.set_active(email, trail.SYSTEM, is_active=False)
    click.echo(f"{email} cannot log in any more.")


def _refuse_districts(roles: tuple[str, ...], districts: tuple[str, ...]) -> None:
    if districts and Role.DISTRICT_READER not in roles:
        raise click.UsageError(f"--district goes with --role {Role.DISTRICT_READER}.")


def _print_link(app: Flask, link: Link) -> None:
    address = app.config["SETTINGS"].address or "(the server's address)"
    click.echo(f"Link for {link.email}, until {link.invitation.last_day}: {address}{link.path}")
