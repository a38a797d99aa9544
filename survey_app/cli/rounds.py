"""`survey-app round`: open, close, release and list rounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from forms.instrument import Mode
from survey_app.actions import instruments, releaser, releases, rounds, trail
from survey_app.actions.calendar import today
from survey_app.actions.errors import RoundNameTaken, RoundUnknown
from survey_app.actions.returns import locking
from survey_app.actions.rounds import Dates
from survey_app.cli.frame import data_option, json_option, opened, show, show_rows
from survey_app.store import queries
from survey_app.store.models import Round, RoundState
from survey_app.store.releasing import Outcome

DAY = click.DateTime(["%Y-%m-%d"])
reason_option = click.option(
    "--reason", default="", help="Why returns are locked, or taken again; kept on record."
)


@click.group("round")
@data_option
def round_() -> None:
    """Open, close, release and list rounds."""


@round_.command("open")
@click.argument("name")
@click.option("--instrument", help="Make the round: of this instrument's newest version.")
@click.option("--period", help="What returns are about: 2026-10, ht-2026 or 2026.")
@click.option("--title", help="The round's name for people; by default the questionnaire's title.")
@click.option("--opens", type=DAY, help="First day, YYYY-MM-DD.")
@click.option("--due", type=DAY, help="The day the answers are wanted.")
@click.option("--locks", type=DAY, help="Last day.")
@click.option("--codes", is_flag=True, help="Ask each respondent for the code on a card.")
@reason_option
@json_option
@data_option
def open_(
    name: str,
    instrument: str | None,
    period: str | None,
    title: str | None,
    opens: datetime | None,
    due: datetime | None,
    locks: datetime | None,
    codes: bool,
    reason: str,
    as_json: bool,
) -> None:
    """Open a round; with --instrument it is made first. To unlock returns needs a reason."""
    dates = Dates(_day(opens), _day(due), _day(locks))
    with opened():
        if instrument is not None:
            _make(name, instrument, title, dates, period=period, codes_required=codes)
        elif dates != Dates() or title is not None or period is not None:
            raise click.UsageError(
                "Dates, period and title are for a new round: give --instrument too."
            )
        if codes:
            rounds.require_codes(name)
        if _needs_reason(name, RoundState.CLOSED, reason):
            _report(locking.reopen(name, reason, trail.SYSTEM), as_json)
        else:
            _report(rounds.open_round(name), as_json)


@round_.command("close")
@click.argument("name")
@reason_option
@json_option
@data_option
def close(name: str, reason: str, as_json: bool) -> None:
    """Close a round: it takes no more answers, and those it has become readable.

    To lock a round of returns needs a reason.
    """
    with opened():
        if _needs_reason(name, RoundState.OPEN, reason):
            _report(locking.lock(name, reason, trail.SYSTEM), as_json)
        else:
            _report(rounds.close_round(name), as_json)


@round_.command("release")
@click.argument("name", required=False)
@json_option
@data_option
def release(name: str | None, as_json: bool) -> None:
    """Release the waiting answers that may be read in company; those of ended rounds all."""
    with opened():
        releases.release_ended()
        chosen = [rounds.find(name)] if name else queries.rounds_with_waiting()
        names = {each.id: each.name for each in chosen}
        done = releaser.release_waiting(list(names))
        least = releases.least()
        if any(outcome.released for outcome in done.values()):
            releases.finish()
    if as_json:
        show([{"name": names[each], **asdict(outcome)} for each, outcome in done.items()])
        return
    for each, outcome in done.items():
        click.echo(f"{names[each]}: {outcome.released} released.{_left(outcome, least)}")
    if not done:
        click.echo("No answers wait.")


def _left(outcome: Outcome, least: int) -> str:
    """Say what waits longer, and what cannot be released at all."""
    left = ""
    if outcome.waiting:
        left = (
            f" {outcome.waiting} wait until at least {least} can be released together, or until "
            "the round ends."
        )
    if outcome.unreadable:
        left += f" {outcome.unreadable} cannot be opened: their key is missing."
    return left


@round_.command("list")
@json_option
@data_option
def list_(as_json: bool) -> None:
    """List all rounds, the newest first."""
    with opened():
        counts = queries.response_counts()
        all_rounds = queries.all_rounds()
        listed = [facts(each, counts.get(each.id, 0)) for each in all_rounds]
        small = [
            each.name for each in all_rounds if releases.is_small(each, counts.get(each.id, 0))
        ]
    if as_json:
        show(listed)
        return
    columns = ("name", "instrument", "mode", "state", "opens", "due", "locks", "responses")
    texts = [
        each | {"responses": _words(of, counts.get(of.id, 0))}
        for of, each in zip(all_rounds, listed, strict=True)
    ]
    rows = [tuple(_cell(each[column]) for column in columns) for each in texts]
    show_rows(tuple(column.upper() for column in columns), rows)
    _warn(small)


def _needs_reason(name: str, state: RoundState, reason: str) -> bool:
    """Tell whether a round of returns would leave a state; a reason has no place otherwise."""
    found = rounds.find(name)
    is_needed = found.mode == Mode.RETURN and found.state_on(today()) is state
    if reason and not is_needed:
        raise click.UsageError(
            "--reason is for rounds of returns: to close an open one, or open a closed one again."
        )
    return is_needed


def facts(of: Round, responses: int) -> dict[str, Any]:
    """Describe a round for scripts; dates as ISO 8601.

    The number is exact: whoever runs commands has the tables anyway. What is printed for people,
    who may be looked at over the shoulder, tells steps.
    """
    return {
        "name": of.name,
        "instrument": of.version.name,
        "mode": of.mode,
        "state": of.state_on(today()).value,
        "opens": _iso(of.opens),
        "due": _iso(of.due),
        "locks": _iso(of.locks),
        "responses": responses,
        "codes_required": of.codes_required,
    }


def _words(of: Round, responses: int) -> str:
    """Say a count as the pages do: in steps of five while an anonymous round is open."""
    if rounds.may_read(of):
        return str(responses)
    known = rounds.shown(of, responses).least
    return f"at least {known}" if known else f"fewer than {rounds.STEP}"


def _make(
    name: str,
    instrument: str,
    title: str | None,
    dates: Dates,
    *,
    period: str | None,
    codes_required: bool,
) -> None:
    """Make the round, unless it is there already, of the same instrument."""
    version = instruments.newest_version(instrument)
    try:
        found = rounds.find(name)
    except RoundUnknown:
        titles = None if title is None else dict.fromkeys(version.title, title)
        rounds.create(
            name,
            version,
            title=titles,
            dates=dates,
            period=period,
            codes_required=codes_required,
        )
        return
    if found.version.name != instrument:
        raise RoundNameTaken(round=name)


def _report(of: Round, as_json: bool) -> None:
    count = queries.response_count(of.id)
    if as_json:
        show(facts(of, count))
        return
    click.echo(f"{of.name} is {of.state_on(today()).value}.")
    _warn([of.name] if releases.is_small(of, count) else [])


def _warn(small: Iterable[str]) -> None:
    """Say on standard error which rounds ended with so few answers that they can be guessed."""
    for name in small:
        click.echo(
            f"{name}: so few have answered that whoever knows them may guess who wrote what. "
            "Show the answers to nobody who knows the respondents.",
            err=True,
        )


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _cell(value: object) -> str:
    return "–" if value is None else str(value)
