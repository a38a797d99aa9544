"""Returns as rows of a coded file: what was reported, about whom, and what the register says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext
from sqlalchemy import Select, select

from exports.coding import Response as Coded
from forms.answers import Answers
from forms.instrument import Instrument, QuestionType
from forms.marking import N_
from survey_app.actions.register import periods
from survey_app.actions.register.periods import period_of
from survey_app.actions.register.states import HANDED_IN
from survey_app.actions.returns.placing import PUPIL
from survey_app.actions.returns.unexpected import KEPT_OUT, causes_in, unexpected_in
from survey_app.actions.told_columns import told_column
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.register import District, Placement, Pupil, School
from survey_app.store.returns import UnitReturn

AT_A_TIME = 1_000  # rows fetched together
TEXT, WHOLE = QuestionType.TEXT, QuestionType.INTEGER
# What each row is told of beside its answers: column -> type and label.
TOLD: Mapping[str, tuple[QuestionType, str]] = {
    "_unit_kind": (TEXT, N_("What the return is about")),
    "_unit": (TEXT, N_("The code of what the return is about")),
    "_period": (TEXT, N_("The period that the return is about")),
    "_state": (TEXT, N_("The return's state")),
    "_expected": (WHOLE, N_("1 if the register expects the return, 0 if not (any more)")),
    "_team": (TEXT, N_("Team")),
    "_school": (TEXT, N_("School")),
    "_school_district": (TEXT, N_("The school's district at the time")),
    "_school_district_now": (TEXT, N_("The school's district with today's borders")),
    "_home_district": (TEXT, N_("The district where the pupil lives")),
    "_gender": (TEXT, N_("Gender")),
    "_birth_year": (WHOLE, N_("Year of birth")),
    "_school_year": (WHOLE, N_("School year (årskurs) at the time")),
}


def with_register(instrument: Instrument) -> Instrument:
    """Add what is told of each return, as if it had been asked first.

    An author's question of the same name keeps it.
    """
    taken = instrument.questions
    return instrument.with_items(
        first=[
            told_column(name, gettext(label), kind)
            for name, (kind, label) in TOLD.items()
            if name not in taken
        ]
    )


@dataclass(frozen=True, slots=True)
class StoredReturns:
    """What was handed in in some rounds, read anew each time: by round, then by unit.

    Attributes:
        rounds: By id.
        versions: What the file calls each version, by its id.
        first: So many of the table's rows are passed over.
    """

    rounds: Mapping[int, Round]
    versions: Mapping[int, str]
    first: int = 0

    def after(self, passed: int) -> tuple[StoredReturns, int]:
        """Begin so many returns later, without reading what they say.

        Returns:
            What is left; and how many were still to be passed over when all were.
        """
        causes = {number: causes_in(each) for number, each in self.rounds.items()}
        key = (UnitReturn.unit_kind, UnitReturn.unit, UnitReturn.occasion)
        found = db.session.execute(_in_order(self.rounds, UnitReturn.round_id, *key))
        at = -1
        for at, (number, *unit) in enumerate(found):
            if causes[number].get(tuple(unit)) in KEPT_OUT:
                continue
            if not passed:
                return replace(self, first=at), 0
            passed -= 1
        return replace(self, first=at + 1), passed

    def __iter__(self) -> Iterator[Coded]:
        """Yield them without keeping them; of the register only what is small is kept.

        What may not be passed on any more, such as what no consent covers, is left out.
        """
        register = _Register()
        causes = {number: causes_in(each) for number, each in self.rounds.items()}
        names = {number: each.name for number, each in self.rounds.items()}
        keys = {number: each.period for number, each in self.rounds.items()}
        wanted = _in_order(self.rounds, UnitReturn).offset(self.first)
        found = db.session.scalars(wanted, execution_options={"yield_per": AT_A_TIME})
        for together in found.partitions():
            register.read_about({each.unit for each in together if each.unit_kind == PUPIL})
            for each in together:
                cause = causes[each.round_id].get((each.unit_kind, each.unit, each.occasion))
                if cause in KEPT_OUT:
                    continue
                told = register.told(each, keys[each.round_id])
                told["_expected"] = "0" if cause else "1"
                both = Answers({**told, **each.answers}, frozenset({*each.asked, *TOLD}))
                yield Coded(self.versions[each.version_id], both, names[each.round_id])


def _in_order(rounds: Collection[int], *columns: Any) -> Select[Any]:
    """Choose what was handed in, by round, then by unit."""
    is_ours = UnitReturn.round_id.in_(list(rounds))
    unit = (UnitReturn.unit_kind, UnitReturn.unit, UnitReturn.occasion)
    wanted = select(*columns).where(is_ours, UnitReturn.state.in_(list(HANDED_IN)))
    return wanted.order_by(UnitReturn.round_id, *unit)


def unexpected_note(rounds: Iterable[Round]) -> Sequence[str]:
    """Say what a file of returns has or lacks because the register has changed since."""
    found = [each for of in rounds for each in unexpected_in(of) if each.state in HANDED_IN]
    marked = sum(each.is_exported for each in found)
    sentences = []
    if marked:
        sentences.append(
            ngettext(
                "%(num)s return is not expected by the register any more: it has 0 in the column "
                "_expected.",
                "%(num)s returns are not expected by the register any more: they have 0 in the "
                "column _expected.",
                marked,
            )
        )
    if left_out := len(found) - marked:
        sentences.append(
            ngettext(
                "%(num)s return is left out, because no consent covers it (any more) or the "
                "register does not know the pupil.",
                "%(num)s returns are left out, because no consent covers them (any more) or the "
                "register does not know the pupil.",
                left_out,
            )
        )
    return sentences


class _Register:
    """What rows are told of the register: schools looked up once, pupils some at a time."""

    def __init__(self) -> None:
        self._pupils: dict[str, Pupil] = {}
        self._placements: dict[str, list[Placement]] = {}
        self._schools = {each.code: each for each in db.session.scalars(select(School))}
        self._districts = {each.code: each for each in db.session.scalars(select(District))}

    def read_about(self, codes: Collection[str]) -> None:
        """Look up some pupils instead of those before: a city's would fill the memory."""
        pupils = select(Pupil).where(Pupil.code.in_(codes))
        self._pupils = {each.code: each for each in db.session.scalars(pupils)}
        self._placements = {}
        placements = select(Placement).where(Placement.pupil.in_(codes))
        for each in db.session.scalars(placements.order_by(Placement.valid_from)):
            self._placements.setdefault(each.pupil, []).append(each)

    def told(self, of: UnitReturn, key: str | None) -> dict[str, str]:
        """Tell what is known; what is not has no entry."""
        day = period_of(key).last if key else None
        told = {"_unit_kind": of.unit_kind, "_unit": of.unit, "_state": of.state}
        told["_period"] = of.occasion or key or ""
        if of.unit_kind == PUPIL:
            told |= self._of_pupil(of.unit, day)
        elif of.unit_kind == "team":
            told["_team"] = of.unit
        elif of.unit_kind == "school":
            told |= self._of_school(of.unit, day)
        elif of.unit_kind == "district":
            told["_school_district"] = of.unit
            told["_school_district_now"] = self._today(of.unit)
        return {name: value for name, value in told.items() if value}

    def _of_pupil(self, code: str, day: date | None) -> dict[str, str]:
        pupil = self._pupils.get(code)
        if pupil is None:
            return {}
        told = {
            "_gender": pupil.gender,
            "_birth_year": str(pupil.birth_year),
            "_home_district": pupil.home_district or "",
        }
        if day is not None:
            told["_school_year"] = str(school_year(pupil, day))
        if place := self._placed(code, day):
            told |= {"_team": place.team} | self._of_school(place.school, day)
        return told

    def _placed(self, code: str, day: date | None) -> Placement | None:
        begun = [p for p in self._placements.get(code, ()) if day is None or p.valid_from <= day]
        return begun[-1] if begun else None

    def _of_school(self, code: str, day: date | None) -> dict[str, str]:
        district = self._schools[code].district if code in self._schools else ""
        then = self._on(district, day) if day else district
        return {
            "_school": code,
            "_school_district": then,
            "_school_district_now": self._today(district),
        }

    def _on(self, code: str, day: date) -> str:
        """Follow a district to the one that it was a part of on a day."""
        district = self._districts.get(code)
        while district and district.valid_to and district.valid_to < day and district.successor:
            district = self._districts.get(district.successor)
        return district.code if district else code

    def _today(self, code: str) -> str:
        return self._on(code, date.max)


def school_year(of: Pupil, day: date) -> int:
    """Give the school year (årskurs) that a pupil goes in on a day: 1 in the year of turning 7."""
    began = day.year - (day.month < periods.FIRST_AUTUMN_MONTH)
    return began - of.birth_year - 6 + of.year_shift
