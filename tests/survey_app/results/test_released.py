"""A month is shown anew when enough pupils differ, and each time that it is shown is on record."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from exports.derived.attendance import Attendance
from exports.derived.grades import TermGrades
from exports.disclosure.rules import RULE_VERSION
from exports.disclosure.symbols import Symbol
from exports.results import attendance, grades
from exports.results.attendance import AttendanceMonth
from exports.results.genders import GIRLS, OTHERS
from exports.results.grades import Comparison, PupilGrades
from survey_app.actions.results import enkats, released, returned
from survey_app.actions.results.plain import PLAIN
from survey_app.actions.results.released import Part, shown_of
from survey_app.results.definitions import DEFINITIONS
from survey_app.store.database import db
from survey_app.store.released import ReleasedResult
from tests.survey_app.conftest import EMAIL
from tests.survey_app.results.test_pages import fill, report_october, told
from tests.survey_app.returns import city

MONTH = Part("attendance", "manad", "2026-10", "franvaro.1")
LITTLE, MUCH = Attendance(1000, 10, 0), Attendance(1000, 300, 0)
Pupils = dict[str, Attendance]


def month(pupils: Pupils) -> AttendanceMonth:
    """Show a month of some pupils."""
    values = {code: (each.scheduled, each.excused) for code, each in pupils.items()}
    return shown_of(
        MONTH,
        values,
        AttendanceMonth,
        lambda guard: attendance.month_of("2026-10", [*pupils.values()], guard),
    )


def divided(pupils: Pupils, girls: str) -> AttendanceMonth:
    """Show it by gender too; girls are those of some first letters."""
    values = {code: (each.scheduled, each.excused) for code, each in pupils.items()}
    classes = {code: GIRLS if code[0] in girls else OTHERS for code in pupils}
    return shown_of(
        replace(MONTH, definition="franvaro.2"),
        values,
        AttendanceMonth,
        lambda guard: attendance.month_of(
            "2026-10", [*pupils.values()], guard, [*classes.values()]
        ),
        classes,
    )


def pupils(prefix: str, little: int, much: int) -> Pupils:
    """Make pupils with little and with much absence."""
    return {f"{prefix}{at}": LITTLE if at < little else MUCH for at in range(little + much)}


def test_it_stands_until_five_differ(context) -> None:
    """Four more, one who has gone, one whose figure was corrected: nothing moves."""
    first = pupils("a", 12, 8)
    shown = month(first)
    assert shown.classes == (12, 0, 0, 8, 0)
    fewer = {code: each for code, each in first.items() if code != "a0"}
    for changed in (first | pupils("b", 2, 2), fewer, first | {"a0": MUCH}):
        assert month(changed) == shown
    # Six and seven have come: each class and the mean tell of enough.
    again = month(first | pupils("b", 6, 7))
    assert (again.pupils, again.classes[0], again.absence) == (33, 18, Decimal("14.2"))


def test_five_who_came_are_not_told_apart(context) -> None:
    """Three and two: so the classes are hidden, and so is the mean, which is for ten."""
    first = pupils("a", 12, 8)
    month(first)
    again = month(first | pupils("b", 3, 2))
    assert (again.pupils, again.classes[0], again.absence) == (25, Symbol.HIDDEN, Symbol.HIDDEN)


def test_all_earlier_releases_count(context) -> None:
    """Five came, then four of them went: beside the first release one would be left."""
    first, more = pupils("a", 12, 8), pupils("b", 7, 0)
    month(first)
    second = month(first | more)
    one_left = first | {"b0": LITTLE}
    assert month(one_left) == second
    assert month(first | more) == second
    assert [each.number for each in released.listing()] == [2, 1]


def test_of_two_who_count_at_once_the_second_is_judged_beside_the_first(context) -> None:
    """One pupil came between them: were both shown, their difference would be that pupil's."""
    first = pupils("a", 12, 8)
    shown: list[AttendanceMonth] = []

    def meanwhile(guard):
        if not shown:
            shown.append(month(first))
        return attendance.month_of("2026-10", [*more.values()], guard)

    more = first | {"b0": MUCH}
    values = {code: (each.scheduled, each.excused) for code, each in more.items()}
    assert shown_of(MONTH, values, AttendanceMonth, meanwhile) == shown[0]
    assert [each.number for each in released.listing()] == [1]


def test_what_was_shown_undivided_is_divided_of_the_same_pupils(context) -> None:
    """An update brings the genders of months long past; two more pupils do not show that way."""
    first = pupils("a", 12, 0) | pupils("b", 0, 12)
    assert month(first).genders == ()
    assert divided(first | pupils("c", 2, 0), "a").genders == ()
    girls, others = divided(first, "a").genders
    assert (girls.n, girls.means[-1], others.means[-1]) == (12, Decimal("1.0"), Decimal("30.0"))
    assert divided(first | pupils("c", 2, 0), "a").genders == (girls, others)


def test_a_few_girls_among_many_who_came_are_not_told(context) -> None:
    """Twelve have come, three of them girls: of the genders nothing stands, of all something."""
    first = pupils("a", 12, 0) | pupils("b", 0, 12)
    divided(first, "a")
    some = divided(first | pupils("aa", 3, 0) | pupils("bb", 0, 9), "a")
    assert (some.pupils, some.absence) == (36, Decimal("17.9"))
    assert {Symbol.HIDDEN} == {each for of in some.genders for each in (of.n, *of.means)}
    many = divided(first | pupils("aa", 11, 0) | pupils("bb", 0, 21), "a")
    assert [(each.n, each.means[-1]) for each in many.genders] == [
        (23, Decimal("1.0")), (33, Decimal("30.0")),
    ]  # fmt: skip


def test_whose_gender_is_corrected_is_one_who_differs(context) -> None:
    """One is too few to be told."""
    first = pupils("a", 12, 0) | pupils("b", 0, 12) | {"c": LITTLE}
    assert divided(first, "a") == divided(first, "ac")


def test_nothing_is_recorded_where_nothing_is_told(context) -> None:
    """Four pupils are no release, and do not keep the next one from being shown."""
    assert month(pupils("a", 4, 0)).pupils is Symbol.HIDDEN
    assert released.listing() == []
    assert month(pupils("a", 6, 0)).pupils == 6


def test_the_record_says_what_was_shown_and_no_hidden_number(context) -> None:
    """R11: definition, data version, rule, by whom; 7 and 2 are hidden, 13 is not."""
    month(pupils("a", 7, 2) | {"c": Attendance(1000, 600, 0)})
    (entry,) = released.listing()
    assert (entry.definition, entry.rule, entry.actor) == (
        "franvaro.1",
        RULE_VERSION,
        "survey-app report",
    )
    assert len(entry.data_version) == len(entry.digest) == 64
    assert entry.figures["pupils"] == 10
    assert entry.figures["classes"][0] == {"sign": ".."}
    assert b"a0" not in entry.members
    assert len(entry.members) == 10 * released.MEMBER_BYTES


@pytest.mark.parametrize("n", [0, 12, 40])
def test_figures_of_grades_come_back_as_they_were(n: int) -> None:
    """Signs, whole and decimal numbers, intervals."""
    term = {
        str(at): PupilGrades(
            gender="flicka" if at % 2 else "pojke",
            grades=TermGrades({"MA": "E" if at % 3 else "F", "EN": "C"}),
            eligible=dict.fromkeys(grades.TARGETS, at % 5 > 1),
        )
        for at in range(n)
    }
    found = grades.compare(term, term)
    assert PLAIN.structure(PLAIN.unstructure(found), Comparison) == found


def test_definitions_are_called_as_on_the_pages() -> None:
    """Whoever reads the record finds the words."""
    for kind, names in returned.DEFINED.items():
        assert names.split() == [each.name for each in DEFINITIONS[kind].values()]


def test_pages_put_on_record_who_saw_them_first(app) -> None:
    """And the log of files shows it; opened twice, it is one release."""
    with app.app_context():
        report_october()
    client = city.log_in(app.test_client(), city.COORDINATOR)
    for _ in range(2):
        client.get("/results/attendance/manad/")
    with app.app_context():
        entries = db.session.scalars(select(ReleasedResult)).all()
        assert [(each.actor, each.part) for each in entries] == [(city.COORDINATOR, "2026-10")]
    assert "manad, 2026-10" in client.get("/extracts/").text


def test_an_enkat_is_counted_once_for_ever(coordinator, app, monkeypatch) -> None:
    """A restart counts nothing anew: what was shown is kept, and reads as it did."""
    with app.app_context():
        fill("ten", {"3": 30, "2": 8, "1": 6, "DK": 3})
    first = told(coordinator.get("/results/enkat/ten/").data, "")
    app.extensions.pop(enkats.KEPT)
    monkeypatch.setattr(enkats, "alike_in", None)
    assert told(coordinator.get("/results/enkat/ten/").data, "") == first
    with app.app_context():
        (entry,) = released.listing()
    assert (entry.about, entry.subject, entry.actor) == ("enkat", "ten", EMAIL)


def test_who_waits_for_a_count_keeps_no_thread(coordinator, app) -> None:
    """Those who answer need the server's threads: the page says when to come again."""
    with app.app_context():
        fill("ten", {"3": 30})
    with enkats._counting:
        answer = coordinator.get("/results/enkat/ten/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert coordinator.get("/results/enkat/ten/").status_code == 200
