"""The pupil's pathway: what may follow what, and when a pupil is with the team."""

from __future__ import annotations

from datetime import date

import pytest

from survey_app.actions.register.pathway import (
    ACTIVE,
    LABELS,
    NEXT,
    Enrolment,
    Fault,
    Phase,
    Step,
    enrolments,
    faults,
)

WHOLE = (
    "aktualiserad erbjuden samtycke inskriven kartlaggning handlingsplan genomforande uppfoljning "
    "genomforande uppfoljning utskriven vidmakthallande avslutad"
)


def steps(phases: str, start: date = date(2026, 1, 1)) -> list[Step]:
    """Take a phase a month."""
    return [
        Step(Phase(phase), start.replace(year=2026 + place // 12, month=place % 12 + 1), "skäl")
        for place, phase in enumerate(phases.split())
    ]


def test_a_whole_pathway_has_no_fault() -> None:
    """From the first word about a pupil to the end, follow-up twice."""
    assert faults(steps(WHOLE)) == []


def test_a_pupil_may_come_back() -> None:
    """Enrolled again after the end, or after discharge."""
    assert faults(steps(WHOLE + " inskriven")) == []
    again = "aktualiserad erbjuden samtycke inskriven utskriven inskriven kartlaggning"
    assert faults(steps(again)) == []


@pytest.mark.parametrize(
    ("phases", "fault"),
    [
        ("inskriven", (0, Fault.FIRST)),
        ("aktualiserad inskriven", (1, Fault.ORDER)),
        ("aktualiserad erbjuden inskriven", (2, Fault.ORDER)),
        ("aktualiserad erbjuden samtycke inskriven handlingsplan", (4, Fault.ORDER)),
        ("aktualiserad ej-aktuell erbjuden", (2, Fault.ORDER)),
        ("aktualiserad avslutad", (1, Fault.ORDER)),
    ],
)
def test_what_cannot_follow_is_named(phases, fault) -> None:
    """Nobody is enrolled who has not consented."""
    assert faults(steps(phases)) == [fault]


def test_days_go_forward_and_ends_have_reasons() -> None:
    """The same day may have two phases; the day before may not."""
    first = Step(Phase.REFERRED, date(2026, 3, 2))
    assert faults([first, Step(Phase.OFFERED, date(2026, 3, 2))]) == []
    assert faults([first, Step(Phase.OFFERED, date(2026, 3, 1))]) == [(1, Fault.DAY)]
    assert faults([first, Step(Phase.NOT_RELEVANT, date(2026, 3, 3), " ")]) == [(1, Fault.REASON)]


def test_every_phase_can_be_reached_and_has_a_name() -> None:
    """No phase is a dead letter."""
    assert set().union(*NEXT.values()) == set(Phase) == LABELS.keys()
    assert NEXT.keys() == {None, *Phase}
    assert ACTIVE - {*Phase} == set()


def test_enrolments_are_the_times_with_the_team() -> None:
    """Twice enrolled, the second time still there."""
    pathway = steps("aktualiserad erbjuden samtycke inskriven utskriven inskriven")
    first, second = enrolments(pathway)
    assert first == Enrolment(date(2026, 4, 1), date(2026, 5, 1))
    assert second == Enrolment(date(2026, 6, 1), None)
    assert enrolments(steps("aktualiserad erbjuden samtycke")) == []


def test_an_enrolment_touches_a_period_by_a_single_day() -> None:
    """The days of enrolment and discharge are counted in."""
    time = Enrolment(date(2026, 3, 31), date(2026, 5, 1))
    assert time.touches(date(2026, 3, 1), date(2026, 3, 31))
    assert time.touches(date(2026, 5, 1), date(2026, 5, 31))
    assert not time.touches(date(2026, 2, 1), date(2026, 3, 30))
    assert not time.touches(date(2026, 5, 2), date(2026, 5, 31))
