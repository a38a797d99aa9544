"""Open and close rounds, and say what may be known about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from flask import current_app

from forms.instrument import Mode
from survey_app.actions import releases, sealing, xforms
from survey_app.actions.calendar import today
from survey_app.actions.code_errors import CodesNotAsked, RoundNotAnonymous
from survey_app.actions.errors import (
    AnswersWithheld,
    RoundClosed,
    RoundDatesInvalid,
    RoundNameInvalid,
    RoundNameTaken,
    RoundNotYetOpen,
    RoundStaysClosed,
    RoundStillOpen,
    RoundUnknown,
)
from survey_app.actions.instruments import instrument_of
from survey_app.actions.returns.expecting import period_for
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import NAME_LENGTH, InstrumentVersion, Round, RoundState
from survey_app.store.queries import RoundFacts
from survey_app.store.waiting import Pool

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SEEN_OPEN = "rounds_seen_open"
MOMENT = 1.0  # seconds
STEP = 5  # counts of an open anonymous round are in steps of so many; fewer are never shown


@dataclass(frozen=True, slots=True)
class Dates:
    """First day, the day answers are wanted, and last day; each may be left out."""

    opens: date | None = None
    due: date | None = None
    locks: date | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many responses a round is known to have.

    Attributes:
        least: At least so many.
        is_exact: Whether there are no more than that.
    """

    least: int
    is_exact: bool


def find_to_answer(name: str) -> RoundFacts:
    """Find a round for somebody who answers it: quickly, for it is asked at every sending.

    Raises:
        RoundUnknown: There is none of that name.
    """
    found = queries.round_facts(name)
    if found is None:
        raise RoundUnknown(round=name)
    return found


def find_to_send(name: str) -> RoundFacts:
    """Find a round for somebody who sends answers: a round seen open a moment ago still is.

    Whether it takes them is asked again where they are stored, so this may be a little old.

    Raises:
        RoundUnknown: There is none of that name.
    """
    seen: dict[str, tuple[float, RoundFacts]] = current_app.extensions.setdefault(SEEN_OPEN, {})
    when, facts = seen.get(name, (0.0, None))
    if facts is None or monotonic() - when > MOMENT:
        facts = find_to_answer(name)
        seen.pop(name, None)
        if facts.state_on(today()) is RoundState.OPEN:
            seen[name] = monotonic(), facts
    return facts


def find(name: str) -> Round:
    """Find a round.

    Raises:
        RoundUnknown: There is none of that name.
    """
    found = queries.round_named(name)
    if found is None:
        raise RoundUnknown(round=name)
    return found


def refuse_unless_open(name: str, state: RoundState) -> None:
    """Raise RoundNotYetOpen or RoundClosed for a round that takes no answers."""
    if state is RoundState.PLANNED:
        raise RoundNotYetOpen(round=name)
    if state is RoundState.CLOSED:
        raise RoundClosed(round=name)


def free_name(title: str) -> str:
    """Make a name for addresses of a round's title, such as "hosten-2026", that is not taken."""
    letters = unicodedata.normalize("NFKD", title.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    name = re.sub(r"[^a-z0-9]+", "-", plain)[: NAME_LENGTH - 4].strip("-") or "omgang"
    others = (f"{name}-{number}" for number in range(2, 1000))
    return next(each for each in (name, *others) if queries.round_named(each) is None)


def create(
    name: str,
    version: InstrumentVersion,
    *,
    title: Mapping[str, str] | None = None,
    dates: Dates | None = None,
    codes_required: bool = False,
    period: str | None = None,
) -> Round:
    """Plan a round of an instrument's version.

    Args:
        period: What returns are about, such as 2026-10; read from the end of the name when that
            has it and nothing is given.

    Raises:
        RoundNameInvalid, RoundNameTaken, RoundDatesInvalid, RoundPeriodInvalid: What the name,
            the dates or the period lack.
        RoundNotAnonymous: Codes are required, where those who answer are known.
    """
    if not NAME.fullmatch(name) or len(name) > NAME_LENGTH:
        raise RoundNameInvalid(round=name)
    dates = dates or Dates()
    _check(dates)
    if codes_required and version.mode != Mode.ANONYMOUS:
        raise RoundNotAnonymous(round=name)
    every = instrument_of(version.id).period if version.mode == Mode.RETURN else ""
    period = period_for(every, name, period)
    version_id, mode, own_title = version.id, version.mode, dict(version.title)
    with writing():
        if queries.round_named(name) is not None:
            raise RoundNameTaken(round=name)
        planned = Round(
            name=name,
            title=dict(title or own_title),
            version_id=version_id,
            mode=mode,
            state=RoundState.PLANNED,
            opens=dates.opens,
            due=dates.due,
            locks=dates.locks,
            codes_required=codes_required,
            period=period,
        )
        db.session.add_all([planned, Pool(round=planned)])
    if mode == Mode.ANONYMOUS:
        sealing.public_key(name)  # now: its file's time tells nothing of who opens the page first
    return planned


def require_codes(name: str) -> Round:
    """Let a planned round ask each respondent for the code on a card.

    Raises:
        RoundUnknown: There is none of that name.
        RoundNotAnonymous, CodesNotAsked: Those who answer are known, or the round was open.
    """
    with writing():
        found = find(name)
        if not _is_anonymous(found):
            raise RoundNotAnonymous(round=name)
        if not found.codes_required and found.state_on(today()) is not RoundState.PLANNED:
            raise CodesNotAsked(round=name)
        found.codes_required = True
    return found


def open_round(name: str) -> Round:
    """Let a round take answers, from today or from its first day.

    Raises:
        RoundUnknown: There is none of that name.
        RoundStaysClosed: It is anonymous and its answers may have been read.
        RoundDatesInvalid: Its last day has passed.
        XFormRefused: Its questionnaire cannot be written for devices.
    """
    xforms.prepare(find(name))
    with writing():
        found = find(name)
        if not may_open(found):
            raise RoundStaysClosed(round=name)
        _check(Dates(found.opens, found.due, found.locks))
        found.state, found.closed_on = RoundState.OPEN, None
    return found


def close_round(name: str) -> Round:
    """End a round: it takes no more answers, and those it has become readable.

    Raises:
        RoundUnknown: There is none of that name.
    """
    with writing():
        found = find(name)
        if found.state_on(today()) is not RoundState.CLOSED:
            found.closed_on = today()  # else it stays: the time that answers are kept began then
        found.state = RoundState.CLOSED
        db.session.flush()
        releases.release_rest(found.id)
    releases.finish()
    return found


def may_open(of: Round) -> bool:
    """Tell whether a round may be opened (again).

    Someone who has read the answers of an anonymous round could tell which ones are new.
    """
    is_over = of.state_on(today()) is RoundState.CLOSED
    return not (is_over and _is_anonymous(of) and queries.response_count(of.id))


def may_read(of: Round) -> bool:
    """Tell whether the answers may be read: those of an anonymous round once it is closed."""
    return not _is_anonymous(of) or of.state_on(today()) is RoundState.CLOSED


def is_withheld(of: Round, responses: int) -> bool:
    """Tell whether an anonymous round ended with so few answers that staff see none of them.

    Whoever knows who answered might guess who wrote what.
    """
    return _is_anonymous(of) and may_read(of) and 0 < responses < STEP


def refuse_unless_readable(of: Round) -> None:
    """Raise RoundStillOpen or AnswersWithheld when the answers may not be read."""
    releases.release_ended()
    if not may_read(of):
        raise RoundStillOpen(round=of.name)
    if is_withheld(of, queries.response_count(of.id)):
        raise AnswersWithheld(round=of.name, least=STEP)


def count(of: Round) -> Count:
    """Say how many answers a round has, as exactly as may be known."""
    return shown(of, queries.response_count(of.id))


def listing() -> Sequence[tuple[Round, Count]]:
    """Give all rounds with their counts, the newest first."""
    counts = queries.response_counts()
    return [(each, shown(each, counts.get(each.id, 0))) for each in queries.all_rounds()]


def shown(of: Round, responses: int) -> Count:
    """Say a number of answers as exactly as may be known of a round."""
    if is_withheld(of, responses):
        return Count(0, is_exact=False)
    if may_read(of):
        return Count(responses, is_exact=True)
    return Count(responses - responses % STEP, is_exact=False)


def _is_anonymous(of: Round) -> bool:
    return of.mode == Mode.ANONYMOUS


def _check(dates: Dates) -> None:
    given = [day for day in (dates.opens, dates.due, dates.locks) if day is not None]
    if given != sorted(given) or (dates.locks is not None and dates.locks < today()):
        raise RoundDatesInvalid
