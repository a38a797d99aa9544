"""Numbers of pupils' returns by team, each round's kept until something of it has changed.

What is kept in memory are numbers alone, and no pupil's code. A round is counted again when the
register was changed, or one of its returns; both show in figures that only grow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from survey_app.actions.register.periods import Period
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns.placing import PUPIL, Reported, Unit, needed_for
from survey_app.actions.returns.saving import subject_of
from survey_app.settings import TIME_ZONE
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.returns import AuditEntry, UnitReturn

SUBMIT = "return.submit"
BETWEEN = "\n"  # codes of pupils have no such sign
KEPT = "returns.numbers"
_NOBODY = Unit(PUPIL, "", "")  # what the trail calls a pupil begins with what it calls nobody


@dataclass(frozen=True, slots=True)
class Numbers:
    """The pupils' returns of a round, by team.

    Attributes:
        to_come: Those that are expected.
        stored: Of them those in each state that is stored.
        late: First handed in after the due day.
    """

    to_come: Counter[str]
    stored: Mapping[ReturnState, Counter[str]]
    late: Counter[str]


class Counting:
    """Counts rounds for one page: what it needs of the register is read once, if at all."""

    def __init__(self) -> None:
        self._changes = queries.register_changes()
        self._revisions: dict[int, tuple[int, int]] = {}
        self._reported: Reported | None = None
        self._kept: dict[int, tuple[object, Numbers]]
        self._kept = current_app.extensions.setdefault(KEPT, {})

    def stored(self, of: Round) -> int:
        """Count the returns of a round of which anything is stored, expected or not."""
        return self._revisions_of(of)[0]

    def numbers(self, of: Round, period: Period, due: date) -> Numbers:
        """Count the returns of a round about pupils, in a period of the calendar."""
        seen = (self._changes, self._revisions_of(of), period, due)
        kept, found = self._kept.get(of.id, (None, None))
        if found is None or kept != seen:
            self._reported = self._reported or Reported()
            found = _counted(of, self._reported.teams_in(period, needed_for(of)), due)
            self._kept[of.id] = (seen, found)
        return found

    def _revisions_of(self, of: Round) -> tuple[int, int]:
        """Read them before anything is counted: what changes meanwhile is counted again."""
        if of.id not in self._revisions:
            self._revisions[of.id] = queries.return_revisions(of.id)
        return self._revisions[of.id]


def handed_in_on(of: Round, units: Iterable[Unit] | None = None) -> Mapping[str, date]:
    """Give the Swedish day on which each return was first handed in, by the trail's subject.

    Args:
        units: Only of these; by default all.
    """
    subject = AuditEntry.subject
    wanted = select(subject, func.min(AuditEntry.at)).where(*_is_submit_in(of)).group_by(subject)
    if units is not None:
        wanted = wanted.where(subject.in_([subject_of(of.name, unit) for unit in units]))
    return {
        name: datetime.fromisoformat(at).astimezone(TIME_ZONE).date()
        for name, at in db.session.execute(wanted)
    }


def _counted(of: Round, team_of: Mapping[str, str], due: date) -> Numbers:
    stored = {}
    for state, codes in _stored_by_state(of):
        teams = Counter(map(team_of.get, codes))
        # What has no team is not expected (any more).
        stored[state] = Counter({team: n for team, n in teams.items() if team is not None})
    late = (team_of[code] for code in _late_codes(of, due) if code in team_of)
    return Numbers(Counter(team_of.values()), stored, Counter(late))


def _stored_by_state(of: Round) -> Iterator[tuple[ReturnState, list[str]]]:
    """Give the pupils' codes by the state of their returns: one long text each, not many rows."""
    row = UnitReturn
    wanted = select(row.state, func.aggregate_strings(row.unit, BETWEEN)).group_by(row.state)
    is_its = (row.round_id == of.id, row.unit_kind == PUPIL, row.occasion == "")
    for state, codes in db.session.execute(wanted.where(*is_its)):
        yield ReturnState(state), codes.split(BETWEEN)


def _late_codes(of: Round, due: date) -> Iterator[str]:
    """Give the pupils first handed in about after a day: with an entry since, and none before."""
    midnight = datetime.combine(due + timedelta(days=1), time(), TIME_ZONE)
    moment = midnight.astimezone(UTC).isoformat(timespec="seconds")
    earlier = aliased(AuditEntry)
    was_in_time = exists().where(
        earlier.action == SUBMIT, earlier.subject == AuditEntry.subject, earlier.at < moment
    )
    wanted = select(AuditEntry.subject).where(*_is_submit_in(of), AuditEntry.at >= moment)
    for subject in db.session.scalars(wanted.where(~was_in_time).distinct()):
        yield subject.removeprefix(subject_of(of.name, _NOBODY))


def _is_submit_in(of: Round) -> tuple[ColumnElement[bool], ...]:
    first, after = f"return:{of.name}/", f"return:{of.name}0"  # "0" follows "/"
    subject = AuditEntry.subject
    return AuditEntry.action == SUBMIT, subject >= first, subject < after
