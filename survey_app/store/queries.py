"""What is asked of the tables, in the tables' own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, func, select, union_all

from forms.instrument import Mode
from survey_app.store.database import db
from survey_app.store.interviews import Interview
from survey_app.store.models import (
    InstrumentVersion,
    LanguageSignoff,
    Response,
    Round,
    RoundState,
    state_on,
)
from survey_app.store.retention import RetentionProtocol
from survey_app.store.returns import AuditEntry, UnitReturn
from survey_app.store.submissions import Submission
from survey_app.store.waiting import Pool, Waiting

REGISTER = "register"  # what the trail calls it
COUNTED = (Response, Waiting, Submission, UnitReturn, Interview)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as it was when it was asked for."""

    id: int
    name: str
    version_id: int
    state: str
    opens: date | None
    locks: date | None
    codes_required: bool = False

    def state_on(self, today: date) -> RoundState:
        """Tell where the round is on a day."""
        return state_on(RoundState(self.state), self.opens, self.locks, today)


_FACTS = select(
    Round.id,
    Round.name,
    Round.version_id,
    Round.state,
    Round.opens,
    Round.locks,
    Round.codes_required,
).where(Round.name == bindparam("wanted"))


def round_facts(name: str) -> RoundFacts | None:
    """Find what a respondent's page needs of a round, on a connection of its own."""
    with db.engine.connect() as connection:
        row = connection.execute(_FACTS, {"wanted": name}).one_or_none()
    return RoundFacts(*row) if row else None


def round_named(name: str) -> Round | None:
    """Find a round by the name in its address."""
    return db.session.scalar(select(Round).where(Round.name == name))


def all_rounds() -> Sequence[Round]:
    """Give all rounds, the newest first."""
    return db.session.scalars(select(Round).order_by(Round.id.desc())).all()


def rounds_of(instrument: str) -> Sequence[Round]:
    """Give the rounds that collected any version of an instrument."""
    of_it = Round.version.has(InstrumentVersion.name == instrument)
    return db.session.scalars(select(Round).where(of_it).order_by(Round.id)).all()


def rounds_with_waiting() -> Sequence[Round]:
    """Give the rounds that have answers waiting for their release."""
    waiting = select(Waiting.round_id).distinct()
    return db.session.scalars(select(Round).where(Round.id.in_(waiting))).all()


def rounds_over_for_good() -> Sequence[str]:
    """Name the anonymous rounds that can never be opened again, on a connection of its own."""
    answered = select(Response.round_id).where(Response.round_id == Round.id).exists()
    is_over = (Round.mode == Mode.ANONYMOUS) & (Round.state == RoundState.CLOSED)
    with db.engine.connect() as connection:
        return connection.scalars(select(Round.name).where(is_over & answered)).all()


def rounds_to_end() -> Sequence[Round]:
    """Give the anonymous rounds that are not closed, or have answers waiting for their release."""
    waiting = select(Waiting.round_id).distinct()
    is_open = (Round.mode == Mode.ANONYMOUS) & (Round.state == RoundState.OPEN)
    return db.session.scalars(select(Round).where(is_open | Round.id.in_(waiting))).all()


def rounds_with_at_least(number: int) -> Sequence[int]:
    """Give the ids of rounds with so many answers waiting, or more, that can be opened."""
    current = (Pool.round_id == Waiting.round_id) & (Pool.key_id == Waiting.key_id)
    counted = select(Waiting.round_id).join(Pool, current).group_by(Waiting.round_id)
    return db.session.scalars(counted.having(func.count() >= number)).all()


def response_counts() -> Mapping[int, int]:
    """Count the responses, waiting ones too, or submissions of each round, by the round's id.

    In one statement: a release between two would be seen as answers that are gone or doubled.
    """
    counts: Counter[int] = Counter()
    counted = (select(each.round_id, func.count()).group_by(each.round_id) for each in COUNTED)
    for round_id, count in db.session.execute(union_all(*counted)):
        counts[round_id] += count
    return counts


def return_revisions(round_id: int) -> tuple[int, int]:
    """Count the returns of which anything is stored in a round, and all revisions of them.

    Returns are never deleted and each saving adds a revision: the figures only grow.
    """
    of_it = UnitReturn.round_id == round_id
    wanted = select(func.count(), func.coalesce(func.sum(UnitReturn.revision), 0)).where(of_it)
    number, revisions = db.session.execute(wanted).one()
    return number, int(revisions)


def register_changes() -> tuple[int, int]:
    """Tell states of the register apart: the trail's last entry about it, the last protocol.

    Who is erased goes from the register without an entry about it. 0 stands for none.
    """
    changed = select(func.max(AuditEntry.number)).where(AuditEntry.subject == REGISTER)
    erased = select(func.max(RetentionProtocol.number))
    row = db.session.execute(select(changed.scalar_subquery(), erased.scalar_subquery())).one()
    return row[0] or 0, row[1] or 0


def response_count(round_id: int) -> int:
    """Count the responses, waiting ones too, or submissions of one round."""
    counted = (select(func.count()).where(each.round_id == round_id) for each in COUNTED)
    return sum(db.session.scalars(union_all(*counted)))


def version_with(name: str, digest: str) -> InstrumentVersion | None:
    """Find the version of an instrument that has exactly these sheets."""
    wanted = select(InstrumentVersion).where(
        InstrumentVersion.name == name, InstrumentVersion.digest == digest
    )
    return db.session.scalar(wanted)


def versions_of(name: str) -> Sequence[InstrumentVersion]:
    """Give an instrument's versions, the newest first."""
    wanted = select(InstrumentVersion).where(InstrumentVersion.name == name)
    return db.session.scalars(wanted.order_by(InstrumentVersion.number.desc())).all()


def all_versions() -> Sequence[InstrumentVersion]:
    """Give all versions by the instrument's name, the newest of each first."""
    order = (InstrumentVersion.name, InstrumentVersion.number.desc())
    return db.session.scalars(select(InstrumentVersion).order_by(*order)).all()


def next_number(name: str) -> int:
    """Give the number that an instrument's next version gets, from 1."""
    newest = select(func.max(InstrumentVersion.number)).where(InstrumentVersion.name == name)
    return (db.session.scalar(newest) or 0) + 1


def signed_languages() -> frozenset[tuple[str, str, str]]:
    """Give subject, language and digest of all that is approved, on a connection of its own."""
    columns = (LanguageSignoff.subject, LanguageSignoff.language, LanguageSignoff.digest)
    with db.engine.connect() as connection:
        rows = connection.execute(select(*columns)).all()
    return frozenset((subject, language, digest) for subject, language, digest in rows)


def signoff_of(subject: str, language: str) -> LanguageSignoff | None:
    """Find the approval of a language, which may be for older texts."""
    return db.session.get(LanguageSignoff, (subject, language))


def delete_signoff(subject: str, language: str) -> None:
    """Forget an approval."""
    db.session.execute(
        delete(LanguageSignoff).where(
            LanguageSignoff.subject == subject, LanguageSignoff.language == language
        )
    )
