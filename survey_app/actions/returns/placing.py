"""What the register says of a period: which units there are, where pupils are and whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from survey_app.actions.register import periods
from survey_app.actions.register.pathway import Enrolment
from survey_app.actions.register.periods import Period
from survey_app.store.database import db
from survey_app.store.dated import Dated
from survey_app.store.models import Round
from survey_app.store.register import (
    Consent,
    District,
    EnrolmentSpan,
    Placement,
    School,
    SchoolOfficer,
    Team,
    TeamMember,
    TeamSchool,
)

PUPIL = "pupil"
# The classes of data that built-in questionnaires collect about pupils, as consents name them.
NEEDED: Mapping[str, str] = {"manadsrapport": "delmal", "narvaro": "narvaro", "betyg": "betyg"}


@dataclass(frozen=True, slots=True)
class Unit:
    """What one return is about.

    Attributes:
        kind: `pupil`, `team`, `district` or `school`.
        team: Who reports; "" when nobody's team does (of a district without one).
    """

    kind: str
    code: str
    team: str
    school: str = ""
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Among:
    """Which of the expected returns are asked for; None means any.

    Attributes:
        school: Of pupils alone.
        code: Of one unit.
        needs: The class of data that a pupil's consent must name; "" for none.
    """

    team: str | None = None
    school: str | None = None
    code: str | None = None
    needs: str = field(default="", compare=False)

    @property
    def is_all(self) -> bool:
        """Tell whether nothing is left out."""
        return self == Among()


def units_in(kind: str, period: Period, among: Among) -> Iterator[Unit]:
    """Give the units of a kind that are reported about in a period of the calendar."""
    if kind != PUPIL and among.school is not None:
        return iter(())
    found = _KINDS[kind](period, among)
    return (unit for unit in found if among.code in (None, unit.code))


def units_with_periods(every: str, now: date, among: Among) -> Iterator[tuple[Unit, Period]]:
    """Give the periods of each pupil's own that are over or going on."""
    placed = db.session.execute(_placed(Period(date.min, now, ""), among)).all()
    wanted = select(EnrolmentSpan).order_by(EnrolmentSpan.first_day)
    if not among.is_all:
        wanted = wanted.where(EnrolmentSpan.pupil.in_([pupil for pupil, _, _ in placed]))
    spans: dict[str, list[Enrolment]] = defaultdict(list)
    for span in db.session.scalars(wanted):
        spans[span.pupil].append(Enrolment(span.first_day, span.last_day))
    for pupil, its_team, school in placed:
        for period in periods.own_periods(every, spans[pupil], now):
            yield Unit(PUPIL, pupil, its_team, school, period.key), period


def teams_on(account: str, day: date) -> Sequence[str]:
    """Give the codes of the teams whose posts an account holds on a day."""
    return _held(TeamMember, TeamMember.team, account, day)


def schools_on(account: str, day: date) -> Sequence[str]:
    """Give the codes of the schools whose officer an account is on a day."""
    return _held(SchoolOfficer, SchoolOfficer.school, account, day)


def _held(table: Any, column: Any, account: str, day: date) -> Sequence[str]:
    on_the_day = _overlaps(table, Period(day, day, ""))
    return sorted(
        set(db.session.scalars(select(column).where(table.account == account, on_the_day)))
    )


def school_at(pupil: str, period: Period) -> str | None:
    """Give the school at which a pupil was last in a period; None when at none."""
    found = db.session.execute(_placed(period, Among(code=pupil))).first()
    return found[2] if found else None


def reported(period: Period, needs: str = "") -> Select[str, str, str]:
    """Ask for all pupils reported about in a period: pupil, team, school."""
    return _placed(period, Among()).where(_is_reported(period, needs))


def needed_for(of: Round) -> str:
    """Name the class of data that a round collects about pupils; "" where none is named."""
    return NEEDED.get(of.version.name, "")


def agrees(pupil: Any, period: Period, needs: str) -> ColumnElement[bool]:
    """Ask whether a pupil's consents cover a class of data on any day of a period.

    Of pupils without a consent on record the pathway alone tells.
    """
    own = aliased(Consent)
    is_signed = (own.pupil == pupil, own.signed_on <= period.last)
    named = (literal(" ") + own.data_classes + " ").contains(f" {needs} ", autoescape=True)
    holds = (
        or_(own.valid_to.is_(None), own.valid_to >= period.first),
        or_(own.withdrawn_on.is_(None), own.withdrawn_on > period.first),
    )
    return or_(~exists().where(*is_signed), exists().where(*is_signed, named, *holds))


class Reported:
    """Who reports about whom, read once for as many periods as are asked for; of a page, not kept.

    Passing over the register in memory takes a tenth of the time of joining it anew per period.
    """

    def __init__(self) -> None:
        span, place = EnrolmentSpan, Placement
        spans = _together(span.pupil, span.first_day, span.last_day)
        self._spans = [(set(codes), first, last) for codes, first, last in spans]
        placed = _together(place.pupil, place.valid_from, place.valid_to, place.team)
        self._placed = [
            (dict.fromkeys(codes, team), begins, ends) for codes, begins, ends, team in placed
        ]
        self._teams: dict[object, Mapping[str, str]] = {}

    def teams_in(self, period: Period, needs: str = "") -> Mapping[str, str]:
        """Give the pupils reported about in a period, each with its team at the period's end."""
        lacking: frozenset[str] = frozenset()
        if needs:
            wanted = select(Consent.pupil).where(~agrees(Consent.pupil, period, needs))
            lacking = frozenset(db.session.scalars(wanted.distinct()))
        key = (_going_on(self._spans, period), _going_on(self._placed, period), lacking)
        if key not in self._teams:  # nobody has come, gone or moved between most months
            self._teams[key] = self._teams_of(*key)
        return self._teams[key]

    def _teams_of(
        self, spans: tuple[int, ...], placed: tuple[int, ...], lacking: frozenset[str]
    ) -> Mapping[str, str]:
        enrolled = set[str]().union(*(self._spans[place][0] for place in spans)) - lacking
        team_of: dict[str, str] = {}
        for place in placed:  # the later is written over the earlier
            team_of |= self._placed[place][0]
        for pupil in team_of.keys() - enrolled:
            del team_of[pupil]
        return team_of


def _going_on(spans: Iterable[tuple[object, date, date | None]], period: Period) -> tuple[int, ...]:
    """Give the places of what begins before a period is over, and has not ended before it."""
    return tuple(
        place
        for place, (_, begins, ends) in enumerate(spans)
        if begins <= period.last and (ends is None or ends >= period.first)
    )


def _together(codes: Any, begins: Any, *others: Any) -> list[tuple[Any, ...]]:
    """Read rows that differ in the code alone as one, by the day they begin: it is far quicker."""
    same = (begins, *others)
    wanted = select(func.aggregate_strings(codes, "\n"), *same).group_by(*same).order_by(begins)
    return [(text.split("\n"), *rest) for text, *rest in db.session.execute(wanted)]


def _pupils(period: Period, among: Among) -> Iterator[Unit]:
    """Give the pupils reported about in a period, each with who has it at the period's end."""
    for pupil, its_team, school in db.session.execute(
        _placed(period, among).where(_is_reported(period, among.needs))
    ):
        yield Unit(PUPIL, pupil, its_team, school)


def _placed(period: Period, among: Among) -> Select[str, str, str]:
    """Ask where each pupil was last placed in a period: pupil, team, school."""
    limits = _limits(among)
    start = func.max(Placement.valid_from).label("start")
    ever = select(Placement.pupil).where(*limits)
    near = (Placement.pupil.in_(ever),) if limits else ()
    last = select(Placement.pupil, start).where(_overlaps(Placement, period), *near)
    latest = last.group_by(Placement.pupil).subquery()
    is_last = and_(latest.c.pupil == Placement.pupil, latest.c.start == Placement.valid_from)
    found = select(Placement.pupil, Placement.team, Placement.school).join(latest, is_last)
    return found.where(*limits)


def _limits(among: Among) -> tuple[ColumnElement[bool], ...]:
    asked = ((Placement.team, among.team), (Placement.school, among.school),
             (Placement.pupil, among.code))  # fmt: skip
    return tuple(column == value for column, value in asked if value is not None)


def _is_reported(period: Period, needs: str) -> ColumnElement[bool]:
    is_enrolled = exists().where(
        EnrolmentSpan.pupil == Placement.pupil,
        EnrolmentSpan.first_day <= period.last,
        or_(EnrolmentSpan.last_day.is_(None), EnrolmentSpan.last_day >= period.first),
    )
    return and_(is_enrolled, agrees(Placement.pupil, period, needs)) if needs else is_enrolled


def _teams(period: Period, among: Among) -> Iterator[Unit]:
    wanted, team = select(Team.code).where(_overlaps(Team, period)), among.team
    for code in db.session.scalars(wanted if team is None else wanted.where(Team.code == team)):
        yield Unit("team", code, code)


def _schools(period: Period, among: Among) -> Iterator[Unit]:
    wanted = (
        select(TeamSchool.school, func.min(TeamSchool.team))
        .where(_overlaps(TeamSchool, period))
        .group_by(TeamSchool.school)
    )
    if among.team is not None:
        wanted = wanted.where(TeamSchool.team == among.team)
    for school, its_team in db.session.execute(wanted):
        yield Unit("school", school, its_team, school)


def _districts(period: Period, among: Among) -> Iterator[Unit]:
    """Give the districts; of several teams in one the first by code reports for it."""
    teams = (
        select(School.district, func.min(TeamSchool.team).label("team"))
        .join(TeamSchool, TeamSchool.school == School.code)
        .where(_overlaps(TeamSchool, period))
        .group_by(School.district)
        .subquery()
    )
    wanted = (
        select(District.code, teams.c.team)
        .outerjoin(teams, teams.c.district == District.code)
        .where(_overlaps(District, period))
    )
    for district, its_team in db.session.execute(wanted):
        if among.team in (None, its_team):
            yield Unit("district", district, its_team or "")


def _overlaps(table: type[Dated], period: Period) -> ColumnElement[bool]:
    return table.overlaps(period.first, period.last)


_KINDS: Mapping[str, Callable[[Period, Among], Iterator[Unit]]] = {
    PUPIL: _pupils,
    "team": _teams,
    "school": _schools,
    "district": _districts,
}
