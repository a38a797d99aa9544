"""`survey-app token`: secret addresses for devices that collect."""

from __future__ import annotations

import click

from survey_app.actions import tokens
from survey_app.audience import DEVICES
from survey_app.cli.frame import data_option, json_option, opened, show, show_rows


@click.group()
@data_option
def token() -> None:
    """Give devices a secret address, and take it back."""


@token.command("create")
@click.argument("email")
@click.option("--name", required=True, help="What the device is called.")
@data_option
def create(email: str, name: str) -> None:
    """Make a secret address for a device and print it, which is shown only this once."""
    with opened():
        secret = tokens.create(email, name)
    click.echo(f"Device: {name} of {email}\nToken: {secret}\nAddress: {DEVICES}token/{secret}")


@token.command("revoke")
@click.argument("email")
@click.option("--name", required=True, help="What the device is called.")
@data_option
def revoke(email: str, name: str) -> None:
    """End a device's secret address."""
    with opened():
        tokens.revoke(email, name)
    click.echo(f"{name} of {email} is revoked.")


@token.command("list")
@json_option
@data_option
def list_(as_json: bool) -> None:
    """List devices; their secrets are kept nowhere."""
    with opened():
        listed = [
            {
                "account": each.account.email,
                "name": each.name,
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
    show_rows(("ACCOUNT", "NAME", "CREATED", "LAST USED", "REVOKED"), rows)
