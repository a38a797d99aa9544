"""The team's year, its activities each month, and cooperation in the district."""

from __future__ import annotations

import pytest

from survey_app.actions.register.sheets import PROFESSIONS
from survey_app.store.register import TeamKind
from tests.forms.library.returning import codes, instrument, outcome, refused, required

YEAR = {
    "skolor_kommunal": "2",
    "skolor_fristaende": "0",
    "tjanster": "2.5",
    "tjanster_socionom": "1",
    "yrken": "kurator skolsocionom",
    "arbetssatt": "bade",
    "eget_rum": "nagra",
    "borjat": "1",
    "slutat": "0",
    "styrgrupp_moten": "4",
    "bus": "DK",
    "medel_kr": "600000",
    "arskurser": "7 8 9",
    "trappa": "olika",
    "register_helt": "ja",
}
COUNTS = {
    "aktualiserade", "tackat_nej", "inskrivna", "utskrivna", "veckor_median", "kartlagda",
    "handlingsplaner", "uppfoljda", "boosters",
}  # fmt: skip
LEVELS = {
    "grupper_n1", "deltagare_n1", "kontakter_n1", "foraldrar_n1",
    "grupper_n2", "deltagare_n2", "kontakter_n2", "foraldrar_n2",
    "elever_n3", "kontakter_n3", "foraldrar_n3",
}  # fmt: skip
ACTIVE = {"har_aktivitet": "ja", "sakerhet": "raknat"} | dict.fromkeys(LEVELS, "1")
PARTIES = ("soc", "kom_skola", "fri_skola", "forskola", "vard")
POINTS = (
    "punkt_material",
    "punkt_kontakt",
    "punkt_overens",
    "punkt_fristaende",
    "punkt_uppfoljning",
)
DISTRICT = (
    dict.fromkeys(POINTS, "nej")
    | dict.fromkeys(("moten_styrgrupp", "moten_chefer", "moten_lokala"), "2")
    | {f"bjudna_{party}": "5" for party in PARTIES}
    | {f"kom_{party}": "5" for party in PARTIES}
    | {"oro_uppgift": "KIA", "oro_skal": "raknas_inte"}
)


def test_a_teams_year_is_taken_as_it_is() -> None:
    """With money in kronor and posts as a decimal."""
    result = outcome("teammatris", YEAR)
    assert (result.problems, result.answers.values) == ({}, YEAR)
    assert required("teammatris") == set(YEAR) - {"medel_kr"}


def test_professions_and_kinds_are_those_of_the_register() -> None:
    """So that the matrix and the register can be put side by side."""
    assert codes("teammatris", "yrken") == list(PROFESSIONS)
    assert set(codes("teammatris", "arbetssatt")) == {*TeamKind, "bade"}


def test_counts_are_asked_only_where_the_register_has_gaps() -> None:
    """Nobody counts by hand what the system knows."""
    assert COUNTS.isdisjoint(outcome("teammatris", YEAR).answers.asked)
    assert outcome("teammatris", YEAR | {"register_helt": "nej"}).answers.asked >= COUNTS


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"tjanster_socionom": "2.5"}, set()),
        ({"tjanster_socionom": "2.6"}, {"tjanster_socionom"}),
        ({"medel_kr": "-1"}, {"medel_kr"}),
        ({"aktualiserade": "3", "tackat_nej": "3"}, set()),
        ({"aktualiserade": "3", "tackat_nej": "4"}, {"tackat_nej"}),
        ({"inskrivna": "3", "kartlagda": "3", "handlingsplaner": "3"}, set()),
        (
            {"inskrivna": "3", "kartlagda": "4", "handlingsplaner": "4"},
            {"kartlagda", "handlingsplaner"},
        ),
        ({"framgang": "hem larare rum"}, {"framgang"}),
        ({"framgang": "hem larare ledning", "utmaning": "DK"}, set()),
        ({"framgang": "hem DK", "utmaning": "tid rum hem skola"}, {"framgang", "utmaning"}),
        ({"kriterier_version": "2026-1"}, set()),
        ({"kriterier_version": "x" * 21}, {"kriterier_version"}),
    ],
)
def test_a_teams_figures_fit_together(changes, where) -> None:
    """A part is never more than its whole."""
    assert set(refused("teammatris", YEAR | {"register_helt": "nej"} | changes)) == where


def test_activities_are_counted_by_level_without_anybodys_identity() -> None:
    """Numbers and one word about how they were made; nothing else is asked."""
    assert outcome("aktivitet", ACTIVE).problems == {}
    assert set(instrument("aktivitet").questions) == set(ACTIVE)
    assert required("aktivitet") == set(ACTIVE)


def test_a_month_without_activities_is_one_answer() -> None:
    """Nobody types eleven zeros."""
    assert outcome("aktivitet", {"har_aktivitet": "nej"}).problems == {}


@pytest.mark.parametrize("level", ["1", "2"])
def test_participants_need_something_to_take_part_in(level) -> None:
    """And a talk to which nobody came is possible."""
    groups, people = f"grupper_n{level}", f"deltagare_n{level}"
    assert set(refused("aktivitet", ACTIVE | {groups: "0", people: "1"})) == {people}
    assert refused("aktivitet", ACTIVE | {groups: "0", people: "0"}) == {}
    assert refused("aktivitet", ACTIVE | {groups: "1", people: "0"}) == {}


def test_contacts_with_single_pupils_need_a_pupil() -> None:
    """The last level has no groups."""
    assert set(refused("aktivitet", ACTIVE | {"elever_n3": "0"})) == {"kontakter_n3"}
    assert refused("aktivitet", ACTIVE | {"elever_n3": "0", "kontakter_n3": "0"}) == {}


def test_a_district_answers_the_five_points() -> None:
    """Each may be unknown; a contact person is counted, never named."""
    assert outcome("samverkan", DISTRICT).problems == {}
    assert all(codes("samverkan", point)[-1] == "DK" for point in POINTS)
    assert set(POINTS) <= required("samverkan")


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [("2026-11-22", True), ("2026-11-23", False), ("2010-01-01", True), ("2009-12-31", False)],
)
def test_a_revised_agreement_has_its_day(day, is_taken) -> None:
    """Not before the rules of 2010, nor in the future."""
    found = refused("samverkan", DISTRICT | {"punkt_overens": "ja", "overens_dag": day})
    assert (found == {}) is is_taken
    assert "overens_dag" not in outcome("samverkan", DISTRICT).answers.asked


def test_schools_hear_of_a_change_only_where_there_is_a_contact_person() -> None:
    """The question would have no meaning otherwise."""
    assert "kontakt_byte" not in outcome("samverkan", DISTRICT).answers.asked
    for said in ("alla", "nagra"):
        assert set(refused("samverkan", DISTRICT | {"punkt_kontakt": said})) == {"kontakt_byte"}


@pytest.mark.parametrize("party", PARTIES)
def test_no_more_come_than_were_invited(party) -> None:
    """For each organisation; equal is taken."""
    assert set(refused("samverkan", DISTRICT | {f"kom_{party}": "6"})) == {f"kom_{party}"}


def test_feedback_is_counted_of_all_reports_or_cannot_be_stated() -> None:
    """The days are asked only when there was any."""
    told = {k: v for k, v in DISTRICT.items() if k != "oro_skal"} | {"oro_uppgift": "ja"}
    assert set(refused("samverkan", told)) == {"oro_antal", "oro_aterkoppling"}
    equal = told | {"oro_antal": "3", "oro_aterkoppling": "3"}
    assert refused("samverkan", equal) == {}
    assert "oro_dagar" in outcome("samverkan", equal).answers.asked
    assert set(refused("samverkan", equal | {"oro_aterkoppling": "4"})) == {"oro_aterkoppling"}
    none = outcome("samverkan", told | {"oro_antal": "3", "oro_aterkoppling": "0"}).answers
    assert "oro_dagar" not in none.asked
