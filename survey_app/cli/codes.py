"""`survey-app codes`: make entry codes and their cards, and count them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

from exports.disclosure.symbols import Symbol
from survey_app import cards
from survey_app.actions import codes as entry_codes
from survey_app.actions import rounds
from survey_app.actions.code_spelling import grouped
from survey_app.actions.codes import MOST_AT_ONCE, CodeCount
from survey_app.actions.errors import ActionError
from survey_app.cli.frame import data_option, json_option, opened, show, show_rows
from survey_app.settings import ADDRESS_VARIABLE

OWN_ADDRESS = "http://127.0.0.1:8000"  # where `survey-app serve` listens when nothing is said


@click.group("codes")
@data_option
def codes() -> None:
    """Make entry codes for a round, and count them."""


@codes.command("create")
@click.argument("round_name", metavar="ROUND")
@click.option("--count", required=True, type=int, help=f"How many: 1 to {MOST_AT_ONCE}.")
@click.option("--district", help="Whom they are for; it goes with the answers.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write cards to print (HTML) here, instead of printing the codes.",
)
@json_option
@data_option
def create(
    round_name: str, count: int, district: str | None, output: Path | None, as_json: bool
) -> None:
    """Make codes and print them this once: only their keyed hashes are kept."""
    with opened() as app, _writable(output):
        drawn = entry_codes.create(round_name, count, district)
        if output is not None:
            page = cards.cards_of(rounds.find(round_name), drawn, district, _address(app))
            output.write_text(cards.file_of(page), encoding="utf-8")
    if as_json:
        show([grouped(code) for code in drawn])
    elif output is None:
        click.echo("\n".join(grouped(code) for code in drawn))


@codes.command("list")
@click.argument("round_name", metavar="ROUND")
@json_option
@data_option
def list_(round_name: str, as_json: bool) -> None:
    """Count a round's codes by district; while it is open, the used ones in steps of five."""
    with opened():
        counted = entry_codes.counts(rounds.find(round_name))
    if as_json:
        show([{"district": c.district, "made": c.made, "used": c.used} for c in counted])
        return
    rows = [(each.district or "–", str(each.made), _used(each)) for each in counted]
    show_rows(("DISTRICT", "MADE", "USED"), rows)


def _used(counted: CodeCount) -> str:
    return Symbol.HIDDEN.value if counted.used is None else str(counted.used)


@contextmanager
def _writable(file: Path | None) -> Iterator[None]:
    """Make sure of the file before codes are made that it shall hold; leave none without them."""
    is_new = file is not None and not file.exists()
    if file is not None:
        file.touch(0o600)
    try:
        yield
    except ActionError:
        if file is not None and is_new:
            file.unlink()
        raise


def _address(app: Flask) -> str:
    """Tell where tablets reach the server, and warn when nobody has said it."""
    address = str(app.config["SETTINGS"].address)
    if not address:
        click.echo(
            f"The cards lead to {OWN_ADDRESS}. Set {ADDRESS_VARIABLE} to the address that tablets "
            "reach, and make others.",
            err=True,
        )
    return address or OWN_ADDRESS
