"""Invent what the teams have reported: each month better on the whole, now and then worse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from forms.answers import Answers, answer
from forms.instrument import Instrument
from survey_app.actions import instruments, rounds
from survey_app.actions.register.periods import Period, calendar_periods
from survey_app.actions.returns.expecting import DUE_DAYS, Expected, expected_in
from survey_app.actions.returns.prefilling import (
    NUMBER,
    given_by_register,
    milestones_in,
)
from survey_app.actions.returns.rows import school_year
from survey_app.store.database import db, writing
from survey_app.store.models import InstrumentVersion, Round, RoundState
from survey_app.store.register import Pupil
from survey_app.store.returns import UnitReturn

MONTHLY, ATTENDANCE, GRADES = "manadsrapport", "narvaro", "betyg"
DAYS_OF_THREE_TERMS = 470
LATE_SHARE = 0.12  # of the returns of last month have not come yet
SUBJECTS = "bl en hkk idh ma mu bi fy ke ge hi re sh sl sv tk m2".split()  # noqa: SIM905 - shorter than 17 quoted words
FIRST_GRADED_YEAR = 6


def report(chance: Random, today: date, actor: str, officer: str) -> None:
    """Open the rounds of three terms and fill in those before today; of attendance open ones."""
    first = today - timedelta(days=DAYS_OF_THREE_TERMS)
    for kind, name, invent in (
        ("month", MONTHLY, _month), ("month", ATTENDANCE, _attendance), ("term", GRADES, _term),
    ):  # fmt: skip
        version = instruments.newest_version(name)
        for period in calendar_periods(kind, first, today):
            is_over = period.last < today
            if kind == "term" and not is_over:
                continue
            is_open = today - period.last < timedelta(days=31)
            if name == ATTENDANCE and not is_open:
                continue
            made = _plan(name, period, version, is_open=is_open)
            if is_over:
                late, state = (LATE_SHARE, "submitted") if is_open else (0.0, "accepted")
                by = officer if name == ATTENDANCE else actor
                _fill(made, chance, invent, by, late, state)


def _plan(name: str, period: Period, version: InstrumentVersion, *, is_open: bool) -> Round:
    """Make a round; one that is over is never opened, which would only prepare it for devices."""
    title = {tag: f"{text} {period.key}" for tag, text in version.title.items()}
    made = rounds.create(f"{name}-{period.key}", version, title=title)
    with writing():
        found = rounds.find(made.name)
        found.period, found.due = period.key, period.last + timedelta(days=DUE_DAYS)
        found.state = RoundState.PLANNED if is_open else RoundState.CLOSED
    return rounds.open_round(made.name) if is_open else found


def _fill(of: Round, chance: Random, invent: Any, actor: str, late: float, state: str) -> None:
    instrument = instruments.instrument_of(of.version_id)
    rows = []
    for each in expected_in(of):
        if chance.random() < late:
            continue
        given: Mapping[str, str] = {}
        if instrument.name == MONTHLY:
            milestones = milestones_in(each.unit.code, each.period)
            given = given_by_register(instrument, each.unit, milestones, each.period)
        values = dict(invent(each, given, chance))
        answers = _accepted(instrument, values, given, each.period.last)
        if answers is not None:
            rows.append(_row(of, each, answers, actor, state))
    if rows:
        with writing():
            db.session.execute(insert(UnitReturn), rows)


def _accepted(
    instrument: Instrument, values: Mapping[str, str], given: Mapping[str, str], day: date
) -> Answers | None:
    outcome = answer(instrument, values, today=day, given=given)
    return None if outcome.problems else outcome.answers


def _row(of: Round, each: Expected, answers: Answers, actor: str, state: str) -> dict[str, object]:
    return {
        "round_id": of.id,
        "version_id": of.version_id,
        "mode": of.mode,
        "unit_kind": each.unit.kind,
        "unit": each.unit.code,
        "occasion": each.unit.occasion,
        "state": state,
        "revision": 1,
        "answers": dict(answers.values),
        "asked": sorted(answers.asked),
        "confirmed": {},
        "saved_at": datetime.combine(each.period.last, datetime.min.time(), UTC),
        "saved_by": actor,
    }


def _course(each: Expected) -> Random:
    """Give chance of the pupil's own, the same every month: how it goes is the pupil's."""
    return Random(each.unit.code)  # noqa: S311 - invented figures


def _months_since(each: Expected) -> int:
    return each.period.last.year * 12 + each.period.last.month


def _month(each: Expected, given: Mapping[str, str], chance: Random) -> Iterator[tuple[str, str]]:
    own = _course(each)
    pace, absence, start = own.uniform(-0.02, 0.14), own.uniform(0.1, 0.6), own.randint(0, 11)
    months = (_months_since(each) - start) % 12
    yield "status", "hel"
    yield "fas", "genomforande"
    for address in given:
        if address.endswith("/" + NUMBER):
            at = address.removesuffix(NUMBER)
            level = round(-1 + pace * months + chance.gauss(0, 0.5))
            is_judged = chance.random() > 0.04
            yield f"{at}delmal_niva", str(max(-2, min(2, level))) if is_judged else "KEB"
            yield f"{at}delmal_skal", "borta"
    yield "narvaro_uppgift", "ja"
    yield from _minutes(max(0.02, absence - 0.03 * months + chance.gauss(0, 0.05)), own, chance)
    yield "narvaro_kalla", "system"
    yield "narvaro_tillit", "ok" if chance.random() > 0.15 else "osaker"
    yield "narvaro_tillit_skal", "saknas"
    yield "insatser", chance.choice(["stodsamtal", "stodsamtal foraldrastod", "mote anpassning"])
    for name, most in (("kontakt_elev", 12), ("kontakt_vardnad", 6), ("kontakt_larare", 8)):
        yield name, str(chance.randint(0, most))
    yield "vilja", str(chance.choice([-1, 0, 0, 1, 1, 2]))
    yield "allians", str(chance.choice([-1, 0, 0, 1, 1]))
    yield "hinder", chance.choice(["inga", "borta", "anpassning", "ansvar"])
    has_effect = chance.random() < 0.06
    yield "oonskat", "ja" if has_effect else "nej"
    yield "oonskat_vad", "press"


def _attendance(each: Expected, _: Mapping[str, str], chance: Random) -> Iterator[tuple[str, str]]:
    own = _course(each)
    yield "narvaro_uppgift", "ja"
    yield from _minutes(own.uniform(0.1, 0.6), own, chance)
    yield "narvaro_kalla", "system"
    yield "system", "stadens"
    yield "sen_regel", "minuter"
    yield "avrundning", "minut"
    yield "narvaro_tillit", "ok"


def _minutes(share: float, own: Random, chance: Random) -> Iterator[tuple[str, str]]:
    scheduled = 4800 + 60 * chance.randint(0, 20)
    absent = round(min(share, 0.95) * scheduled)
    excused = round(absent * own.uniform(0.3, 0.8))
    yield "schema_min", str(scheduled)
    yield "giltig_min", str(excused)
    yield "ogiltig_min", str(absent - excused)
    yield "sena_antal", str(chance.randint(0, 6))


def _term(each: Expected, _: Mapping[str, str], chance: Random) -> Iterator[tuple[str, str]]:
    own = _course(each)
    pupil = db.session.get_one(Pupil, each.unit.code)
    year = min(9, max(4, school_year(pupil, each.period.last)))
    is_graded = year >= FIRST_GRADED_YEAR
    strength = own.gauss(0.45, 0.2) + 0.03 * (_months_since(each) // 6 % 4)
    yield "arskurs", str(year)
    yield "skolform", "grundskola"
    yield "har_betyg", "ja" if is_graded else "nej"
    yield "inga_betyg_skal", "arskurs"
    yield "betygssystem", "AF2011"
    yield "betygstyp", "termin"
    yield "betyg_svenska", "SVA" if own.random() < 0.3 else "SV"
    yield "en_undantag", "nej"
    yield "anpassad_kurs", "nej"
    for subject in SUBJECTS:
        yield f"betyg_{subject}", _grade(strength + chance.gauss(0, 0.15))


def _grade(strength: float) -> str:
    if strength < 0.22:
        return "STRECK"
    limits = ((0.4, "F"), (0.58, "E"), (0.7, "D"), (0.82, "C"), (0.92, "B"))
    return next((grade for limit, grade in limits if strength < limit), "A")
