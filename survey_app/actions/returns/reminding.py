"""Remind teams of what they owe: a week before, the day after and a week after the due day.

A mail says which round and which day, never about whom or how many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

from flask import current_app
from flask_babel import force_locale, format_date, gettext
from sqlalchemy import ColumnElement, Select, delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from forms.instrument import Mode
from forms.languages import text_in
from survey_app.actions import mailing
from survey_app.actions.calendar import today
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns.expecting import Expected, expected_in
from survey_app.actions.returns.scope import is_of_schools
from survey_app.audience import Role
from survey_app.languages import DEFAULT
from survey_app.settings import Settings
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import Account, Round, RoundState
from survey_app.store.register import SchoolOfficer, TeamMember
from survey_app.store.reminders import Reminder

# Days from the due day on which each step begins, the last first.
BEGINS = (("week_after", 7), ("day_after", 1), ("before", -7))
LEASE = timedelta(minutes=10)  # longer than any mail server is waited for
OWED = (ReturnState.EXPECTED, ReturnState.DRAFT, ReturnState.MISSING, ReturnState.RETURNED)


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder to send."""

    round_id: int
    round: str
    title: str
    team: str
    step: str
    day: date
    to: tuple[str, ...]


def due_now() -> list[Due]:
    """Give the reminders that are to be sent today and have not been, of open rounds."""
    kept = db.session.scalars(select(Reminder).where(~_has_lapsed()))
    sent = {(each.round_id, each.team, each.step) for each in kept}
    found = []
    for of in queries.all_rounds():
        if of.mode != Mode.RETURN or of.state_on(today()) is not RoundState.OPEN:
            continue
        for team, (day, schools) in _owing(of):
            step = _step(day)
            officers = schools if is_of_schools(of) else ()
            to = _addresses(team, officers, step) if step else ()
            if step and to and (of.id, team, step) not in sent:
                title = text_in(of.title, DEFAULT, DEFAULT)[0] or of.name
                found.append(Due(of.id, of.name, title, team, step, day, to))
    return found


def remind() -> list[Due]:
    """Send what is due, each once; the row goes again when the mail was not handed in.

    One who is stopped between the mail server's yes and ours leaves a claim that lapses: that
    team is reminded twice rather than never.

    Raises:
        MailNotSent: The server is down, or refused a mail, which keeps no other back; what was
            not handed in is tried next time.
    """
    done: list[Due] = []
    refused: mailing.MailNotSent | None = None
    settings, chosen = current_app.config["SETTINGS"], due_now()
    if not chosen:
        return done
    db.session.rollback()  # end the reading: a mail server may take its time
    with mailing.opened(settings.smtp, settings.data) as post:
        for each in chosen:
            try:
                _claim(each)
            except IntegrityError:  # another process sends it
                continue
            try:
                post.send(_message(each))
            except mailing.MailNotSent as error:
                _give_up(each)
                refused = error
                continue
            _note_sent(each)
            done.append(each)
    if refused is not None:
        raise refused
    return done


def is_claimed() -> bool:
    """Tell whether a reminder is being sent, by somebody who may have been stopped meanwhile."""
    return db.session.scalar(select(exists().where(_is_fresh()))) or False


def _claim(of: Due) -> None:
    """Write the row first, for nobody who answers shall wait while a mail server thinks."""
    with writing():
        db.session.execute(delete(Reminder).where(*_key(of), _has_lapsed()))
        db.session.add(
            Reminder(
                round_id=of.round_id, team=of.team, step=of.step, sent_on=today(), claimed_at=_now()
            )
        )


def _note_sent(of: Due) -> None:
    with writing():
        db.session.execute(update(Reminder).where(*_key(of)).values(claimed_at=None))


def _give_up(of: Due) -> None:
    with writing():
        db.session.execute(delete(Reminder).where(*_key(of)))


def _key(of: Due) -> tuple[ColumnElement[bool], ...]:
    return (Reminder.round_id == of.round_id, Reminder.team == of.team, Reminder.step == of.step)


def _has_lapsed() -> ColumnElement[bool]:
    """Choose the claims of those who were stopped; a clock that went back ends one too."""
    return Reminder.claimed_at.is_not(None) & ~_is_fresh()


def _is_fresh() -> ColumnElement[bool]:
    return Reminder.claimed_at.between(_now() - LEASE, _now() + LEASE)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _owing(of: Round) -> Sequence[tuple[str, tuple[date, Collection[str]]]]:
    """Give each team that owes something, with the earliest day of it, and of which schools."""
    owed: dict[str, list[Expected]] = defaultdict(list)
    for each in expected_in(of):
        if each.state in OWED and each.unit.team:
            owed[each.unit.team].append(each)
    return [
        (team, (min(each.due for each in its), {each.unit.school for each in its}))
        for team, its in sorted(owed.items())
    ]


def _step(day: date) -> str | None:
    passed = (today() - day).days
    return next((step for step, begins in BEGINS if passed >= begins), None)


def _addresses(team: str, schools: Collection[str], step: str) -> tuple[str, ...]:
    found = {
        str(account)
        for table, is_theirs in (
            (TeamMember, TeamMember.team == team),
            (SchoolOfficer, SchoolOfficer.school.in_(schools)),
        )
        for account in db.session.scalars(_holders(table).where(is_theirs))
    }
    if step == "week_after":
        active = db.session.scalars(select(Account).where(Account.active)).unique()
        found |= {each.email for each in active if each.has_role(Role.COORDINATOR)}
    return tuple(sorted(found))


def _holders(table: type[TeamMember | SchoolOfficer]) -> Select[str]:
    return select(Account.email).where(
        Account.email == table.account,
        Account.active,
        table.overlaps(today(), today()),
    )


def _message(of: Due) -> EmailMessage:
    with force_locale(DEFAULT):
        settings: Settings = current_app.config["SETTINGS"]
        message = mailing.new_message(_subject(of), settings)
        message["Bcc"] = ", ".join(of.to)
        message.set_content(
            gettext(
                "There is something left to hand in of “%(round)s”. Due day: %(day)s.\n\n"
                "Log in and go on here: %(address)s\n",
                round=of.title,
                day=format_date(of.day, "long"),
                address=f"{settings.address}/returns/",
            )
        )
    return message


def _subject(of: Due) -> str:
    if of.step == "before":
        return gettext("Soon due: %(round)s", round=of.title)
    return gettext("Not handed in yet: %(round)s", round=of.title)
