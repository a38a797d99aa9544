"""What is over before a day, of each kind of data: plans of what would be erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from flask import current_app
from sqlalchemy import and_, exists, false, func, or_, select

from forms.instrument import Mode
from survey_app.actions import rounds
from survey_app.actions.calendar import today
from survey_app.actions.mailing import OUTBOX
from survey_app.actions.register.periods import period_of
from survey_app.actions.retention.plans import Condition, Plan, Rows
from survey_app.actions.trail import ERASING
from survey_app.settings import TIME_ZONE
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.doubling import DoubleCoding
from survey_app.store.extracts import Extract
from survey_app.store.interviews import InterviewCase
from survey_app.store.models import Account, Receipt, Response, Round, RoundState
from survey_app.store.register import (
    Consent,
    EnrolmentSpan,
    Milestone,
    PathwayEvent,
    Placement,
    Pupil,
)
from survey_app.store.returns import AuditEntry, UnitReturn
from survey_app.store.scans import ConsentScan
from survey_app.store.submissions import Submission
from survey_app.store.waiting import EntryCode, Waiting

BELOW_SUBMISSION = ("attachment",)
BELOW_CASE = (
    *("consent_scan", "interview_consent", "interview", "interview_text", "coding_done"),
    *("coding_segment", "coding_segment_code", "quotation"),
    *("double_unit", "double_code", "double_decision"),
)
BELOW_ACCOUNT = (
    *("account_role", "identity", "draft", "draft_picture", "access_token", "login"),
    "passkey",
    *("calendar_address", "research_grant", "school_officer", "team_member"),
    "district_reader",
)
OF_PUPILS = (Milestone, Consent, EnrolmentSpan, PathwayEvent, Placement)


def last_day_of(of: Round) -> date | None:
    """Give the last day of a round that is over; None while it goes on, or where nobody knows."""
    if of.state_on(today()) is not RoundState.CLOSED:
        return None
    period = period_of(of.period).last if of.period else None
    known = [day for day in (of.closed_on, of.locks, of.due, period) if day is not None]
    return max(known, default=None)


def over(mode: Mode, before: date) -> list[Round]:
    """Give the rounds of a mode that ended before a day."""
    found = [(each, last_day_of(each)) for each in queries.all_rounds() if each.mode == mode]
    return [each for each, last in found if last is not None and last < before]


def enkats(before: date) -> Plan:
    """Plan anonymous rounds: answers, codes, receipts."""
    found = over(Mode.ANONYMOUS, before)
    kept = [each for each in found if _is_anything_left(each.id)]
    ids = [each.id for each in kept]
    is_withheld = not all(rounds.count(each).is_exact for each in kept)
    return Plan(
        rows=(
            Rows(Waiting, Waiting.round_id.in_(ids)),
            Rows(Receipt, Receipt.round_id.in_(ids)),
            Rows(EntryCode, EntryCode.round_id.in_(ids)),
            Rows(Response, Response.round_id.in_(ids), "responses", is_withheld=is_withheld),
        ),
        about={"rounds": len(ids)},
    )


def _is_anything_left(round_id: int) -> bool:
    tables = (Response, Receipt, EntryCode, Waiting)
    wanted = (exists().where(table.round_id == round_id) for table in tables)
    return bool(db.session.scalar(select(or_(*wanted))))


def returns(before: date) -> Plan:
    """Plan rounds of returns."""
    found = over(Mode.RETURN, before)
    ids = [each.id for each in found]
    return Plan(
        rows=(
            Rows(UnitReturn, UnitReturn.round_id.in_(ids), "returns"),
            Rows(Submission, Submission.round_id.in_(ids), "submissions", below=BELOW_SUBMISSION),
        ),
        entries=_about(f"return:{each.name}/" for each in found),
    )


def register(before: date) -> Plan:
    """Plan those who are no longer reported about, once their returns are gone."""
    reported = exists().where(UnitReturn.unit_kind == "pupil", UnitReturn.unit == Pupil.code)
    last = func.max(func.coalesce(EnrolmentSpan.last_day, date.max))
    ended = select(EnrolmentSpan.pupil).group_by(EnrolmentSpan.pupil).having(last < before)
    last_event = func.max(PathwayEvent.day)
    stopped = select(PathwayEvent.pupil).group_by(PathwayEvent.pupil).having(last_event < before)
    is_enrolled = exists().where(EnrolmentSpan.pupil == Pupil.code)
    is_over = or_(Pupil.code.in_(ended), and_(~is_enrolled, Pupil.code.in_(stopped)))
    codes = list(db.session.scalars(select(Pupil.code).where(is_over, ~reported)))
    return pupils(codes)


def pupils(codes: Sequence[str]) -> Plan:
    """Plan what the register has of pupils; no number is told but theirs."""
    below = (Rows(table, table.pupil.in_(codes)) for table in OF_PUPILS)
    return Plan(rows=(*below, Rows(Pupil, Pupil.code.in_(codes), "pupils")))


def interviews(before: date) -> Plan:
    """Plan rounds of interviews."""
    found = over(Mode.INTERVIEW, before)
    ids = [each.id for each in found]
    doubles = select(DoubleCoding.id).where(DoubleCoding.round_id.in_(ids))
    subjects = [f"double:{number}" for number in db.session.scalars(doubles)]
    exact = [*subjects, *(f"quotations:{each.name}" for each in found)]
    entries = _about(f"case:{each.name}/" for each in found)
    return Plan(
        rows=(
            Rows(DoubleCoding, DoubleCoding.round_id.in_(ids)),
            Rows(InterviewCase, InterviewCase.round_id.in_(ids), "interviews", below=BELOW_CASE),
            Rows(Submission, Submission.round_id.in_(ids), "submissions", below=BELOW_SUBMISSION),
        ),
        entries=or_(entries, AuditEntry.subject.in_(exact)),
    )


def scans(before: date) -> Plan:
    """Plan signed papers."""
    return Plan(rows=(Rows(ConsentScan, ConsentScan.added_on < before, "scans"),))


def extracts(before: date) -> Plan:
    """Plan the log of files taken out."""
    moment = _beginning(before).replace(tzinfo=None)
    return Plan(rows=(Rows(Extract, Extract.at < moment, "extracts"),))


def trail(before: date) -> Plan:
    """Plan the record of changes, but for the protocols."""
    moment = _beginning(before).isoformat(timespec="seconds")
    may_go = AuditEntry.action.not_in(ERASING)  # protocols are tried against theirs
    return Plan(entries=and_(AuditEntry.at < moment, may_go), with_actor=True)


def accounts(before: date) -> Plan:
    """Plan closed accounts."""
    is_over = and_(Account.active.is_(False), Account.closed_on < before)
    emails = list(db.session.scalars(select(Account.email).where(is_over)))
    return Plan(
        rows=(Rows(Account, Account.email.in_(emails), "accounts", below=BELOW_ACCOUNT),),
        entries=AuditEntry.subject.in_(emails),
    )


def mails(before: date) -> Plan:
    """Plan mails that nobody sent."""
    folder = Path(current_app.config["SETTINGS"].data) / OUTBOX
    moment = _beginning(before).timestamp()
    found = [path for path in folder.glob("*.eml") if path.stat().st_mtime < moment]

    def clear() -> None:
        for path in found:
            path.unlink(missing_ok=True)

    return Plan(others={"mails": len(found)}, clear=clear)


def _beginning(day: date) -> datetime:
    """Give the moment at which a Swedish day begins, in UTC."""
    return datetime.combine(day, time(), TIME_ZONE).astimezone(UTC)


def _about(beginnings: Iterable[str]) -> Condition:
    """Choose the entries whose subject begins with one of these."""
    wanted = [AuditEntry.subject.startswith(each, autoescape=True) for each in beginnings]
    return or_(*wanted) if wanted else false()
