"""`survey-app token`: secrets for devices that collect and programs that read."""

from __future__ import annotations

import click

from survey_app.actions import tokens
from survey_app.audience import DEVICES, PROGRAMS
from survey_app.cli.frame import data_option, json_option, opened, show, show_rows
from survey_app.store.submissions import DEVICE, READING


@click.group()
@data_option
def token() -> None:
    """Give devices and programs a secret, and take it back."""


@token.command("create")
@click.argument("email")
@click.option("--name", required=True, help="What the device or the program is called.")
@click.option(
    "--for",
    "purpose",
    type=click.Choice([DEVICE, READING]),
    default=DEVICE,
    help="What it opens: collecting with a device, or reading coded data.",
)
@data_option
def create(email: str, name: str, purpose: str) -> None:
    """Make a secret and print it, which is shown only this once."""
    with opened():
        secret = tokens.create(email, name, purpose)
    if purpose == READING:
        click.echo(f"Program: {name} of {email}\nKey: {secret}\nAddress: {PROGRAMS}v1/")
        return
    click.echo(f"Device: {name} of {email}\nToken: {secret}\nAddress: {DEVICES}token/{secret}")


@token.command("revoke")
@click.argument("email")
@click.option("--name", required=True, help="What the device or the program is called.")
@data_option
def revoke(email: str, name: str) -> None:
    """End a secret."""
    with opened():
        tokens.revoke(email, name)
    click.echo(f"{name} of {email} is revoked.")


@token.command("list")
@json_option
@data_option
def list_(as_json: bool) -> None:
    """List devices and programs; their secrets are kept nowhere."""
    with opened():
        listed = [
            {
                "account": each.account.email,
                "name": each.name,
                "purpose": each.purpose,
                "created_on": each.created_on.isoformat(),
                "last_used_on": each.last_used_on and each.last_used_on.isoformat(),
                "revoked_on": each.revoked_on and each.revoked_on.isoformat(),
            }
            for each in tokens.all_tokens()
        ]
    if as_json:
        show(listed)
        return
    rows = [tuple(str(cell or "–") for cell in each.values()) for each in listed]
    show_rows(("ACCOUNT", "NAME", "FOR", "CREATED", "LAST USED", "REVOKED"), rows)
