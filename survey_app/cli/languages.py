"""`survey-app language`: which languages pupils are offered, and approving one."""

from __future__ import annotations

import getpass
from typing import Any

import click

from forms.languages import PUPILS_LANGUAGES, name_of
from survey_app.actions import signoffs
from survey_app.actions.signoffs import Standing
from survey_app.cli.frame import data_option, json_option, opened, show, show_rows


@click.group()
@data_option
def language() -> None:
    """List and approve the languages that pupils are offered."""


@language.command("list")
@json_option
@data_option
def list_(as_json: bool) -> None:
    """List each language of the pages' own words and of the built-in questionnaires."""
    with opened():
        listed = [
            _facts(signoffs.standing(subject, tag))
            for tag in PUPILS_LANGUAGES
            for subject in signoffs.subjects()
        ]
    if as_json:
        show(listed)
    else:
        _print(listed)


@language.command("approve")
@click.argument("tags", metavar="LANG...", nargs=-1, required=True)
@click.option("--by", default="", metavar="NAME", help="Who has read the texts; by default you.")
@json_option
@data_option
def approve(tags: tuple[str, ...], by: str, as_json: bool) -> None:
    """Note that somebody has read languages whole, and offer them to pupils."""
    with opened():
        both = [(subject, tag) for tag in tags for subject in signoffs.subjects()]
        for subject, tag in both:
            signoffs.approve(subject, tag, by or getpass.getuser())
        listed = [_facts(signoffs.standing(subject, tag)) for subject, tag in both]
    if as_json:
        show(listed)
    else:
        for tag in tags:
            click.echo(f"{name_of(tag)} ({tag}) is approved.")


@language.command("withdraw")
@click.argument("tag", metavar="LANG")
@data_option
def withdraw(tag: str) -> None:
    """Take an approval back: pupils are no longer offered the language."""
    with opened():
        for subject in signoffs.subjects():
            signoffs.withdraw(subject, tag)
    click.echo(f"{name_of(tag)} ({tag}) is no longer offered.")


def _facts(found: Standing) -> dict[str, Any]:
    return {
        "language": found.language,
        "name": name_of(found.language),
        "subject": found.subject,
        "state": found.state.value,
        "translated": found.done,
        "texts": found.total,
        "checked_by": found.signoff and found.signoff.checked_by,
        "signed_on": found.signoff and found.signoff.signed_on.isoformat(),
    }


def _print(listed: list[dict[str, Any]]) -> None:
    rows = [
        (
            each["language"],
            each["name"],
            each["subject"],
            each["state"],
            f"{each['translated']} of {each['texts']}",
            each["checked_by"] or "–",
        )
        for each in listed
    ]
    show_rows(("LANGUAGE", "NAME", "TEXTS OF", "STATE", "TRANSLATED", "APPROVED BY"), rows)
