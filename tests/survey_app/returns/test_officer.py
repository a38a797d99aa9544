"""A school's officer sees and writes the attendance and grades of the school's pupils, no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.actions import accounts, instruments, rounds
from survey_app.actions.calendar import today
from survey_app.actions.returns import reminding
from survey_app.actions.returns.placing import schools_on
from survey_app.actions.returns.reporting import background_of, report
from survey_app.actions.returns.saving import Action, Sent
from survey_app.actions.returns.scope import (
    Group,
    GroupKind,
    ReturnUnknown,
    Viewer,
    find_expected,
    groups_of,
    sheets_of,
)
from survey_app.actions.rounds import Dates
from survey_app.audience import Role
from survey_app.store.database import db, writing
from survey_app.store.models import Round
from survey_app.store.register import Placement, SchoolOfficer, TeamMember
from tests.survey_app.conftest import token
from tests.survey_app.returns.city import (
    OFFICER,
    OTHER_OFFICER,
    OURS,
    TEAM,
    THEIRS,
    log_in,
    open_month,
)

NARVARO = "/returns/narvaro-2026-10"
FIGURES = {
    "narvaro_uppgift": "ja", "schema_min": "4800", "giltig_min": "240", "ogiltig_min": "480",
    "narvaro_kalla": "system", "system": "stadens", "sen_regel": "minuter",
    "avrundning": "minut", "narvaro_tillit": "ok",
}  # fmt: skip
AS_OFFICER = Viewer(OFFICER, in_teams=False, in_schools=True)


@pytest.fixture
def school(city: Flask) -> Flask:
    """Open two months of attendance and a term of grades in the city."""
    with city.app_context():
        attendance = instruments.newest_version("narvaro")
        for month in ("narvaro-2026-09", "narvaro-2026-10"):
            open_month(month, attendance, Dates(due=today() + timedelta(days=7)))
        open_month("betyg-ht-2026", instruments.newest_version("betyg"), Dates())
    return city


@pytest.fixture
def officer(school: Flask) -> FlaskClient:
    """Give the browser of the first school's officer."""
    return log_in(school.test_client(), OFFICER)


def names(viewer: Viewer) -> Sequence[str]:
    """Name the rounds that somebody has something to report in."""
    return sorted(each.round.name for each in sheets_of(viewer))


def hand_in_figures(of: Round, code: str, viewer: Viewer, **changed: str) -> None:
    """Report a pupil's attendance."""
    expected, sheet = find_expected(of, "pupil", code, "", viewer)
    sent = Sent(0, {**FIGURES, **changed}, action=Action.SUBMIT)
    kept = report(sheet.round, expected, sent, viewer.account).kept
    assert kept.state == "submitted", kept.problems


def test_only_attendance_and_grades_are_listed(school) -> None:
    """The month's report, with milestones and activities, is the team's."""
    with school.app_context():
        assert names(AS_OFFICER) == ["betyg-ht-2026", "narvaro-2026-09", "narvaro-2026-10"]
        assert {name[:5] for name in names(Viewer(TEAM))} == {"manad", "narva", "betyg"}


def test_the_officer_logs_in_to_the_reports_and_sees_one_school(officer) -> None:
    """Every page names the school's own pupils only."""
    assert officer.get("/").location == "/returns/"
    pages = [officer.get(a).get_data(as_text=True) for a in ("/returns/", f"{NARVARO}/")]
    assert "Almskolan" in pages[0]
    assert "Björkskolan" not in pages[0]
    assert all(code in pages[1] for code in OURS)
    assert not [code for code in THEIRS if code in pages[1]]


def test_an_officer_hands_in_and_the_team_sees_it(school, officer) -> None:
    """Both know the same figures."""
    address = f"{NARVARO}/pupil/{OURS[1]}"
    data = {"csrf_token": token(officer, address), "_revision": "0", "_do": "submit"}
    done = officer.post(address, data={**data, **FIGURES})
    assert done.location == f"{NARVARO}/schools/almen/"
    with school.app_context():
        expected, _ = find_expected(
            rounds.find("narvaro-2026-10"), "pupil", OURS[1], "", Viewer(TEAM)
        )
    assert expected.state == "submitted"


def test_all_ready_drafts_of_the_school_are_handed_in(school, officer) -> None:
    """And none of another school's."""
    with school.app_context():
        of = rounds.find("narvaro-2026-10")
        for code, account in ((OURS[0], OFFICER), (THEIRS[0], OTHER_OFFICER)):
            viewer = Viewer(account, in_teams=False, in_schools=True)
            expected, _ = find_expected(of, "pupil", code, "", viewer)
            report(of, expected, Sent(0, FIGURES), account)
    data = {"csrf_token": token(officer, f"{NARVARO}/")}
    assert officer.post(f"{NARVARO}/schools/almen/ready", data=data).status_code == 303
    with school.app_context():
        of = rounds.find("narvaro-2026-10")
        states = {
            code: find_expected(of, "pupil", code, "", Viewer("", sees_all=True))[0].state.value
            for code in (OURS[0], THEIRS[0])
        }
    assert states == {OURS[0]: "submitted", THEIRS[0]: "draft"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("manad-2026-10", OURS[0]), ("narvaro-2026-10", THEIRS[0]), ("betyg-ht-2026", THEIRS[1])],
)
def test_nothing_else_is_there(school, name: str, code: str) -> None:
    """One function decides it, whatever page asks."""
    with school.app_context(), pytest.raises(ReturnUnknown):
        find_expected(rounds.find(name), "pupil", code, "", AS_OFFICER)


def test_a_post_in_a_team_counts_for_team_members_alone(school) -> None:
    """An officer's account that the register names in a team sees nothing more; nor vice versa."""
    with school.app_context():
        with writing():
            post = {"post": "x", "profession": "annan", "fte": 1, "valid_from": today()}
            db.session.add(TeamMember(team="t2", account=OFFICER, **post))
            db.session.add(SchoolOfficer(school="bjork", account=TEAM, valid_from=today()))
        assert list(groups_of(AS_OFFICER)) == [Group(GroupKind.SCHOOL, "almen")]
        assert list(groups_of(Viewer(TEAM))) == [Group(GroupKind.TEAM, "t1")]
    client = log_in(school.test_client(), OFFICER)
    assert client.get("/returns/manad-2026-10/teams/t2/").status_code == 404


def test_nothing_follows_a_pupil_from_another_school(school) -> None:
    """Neither last time's figures nor the curve: the other school's officer wrote them."""
    with school.app_context():
        september, october = (rounds.find(f"narvaro-2026-{month}") for month in ("09", "10"))
        other = Viewer(OTHER_OFFICER, in_teams=False, in_schools=True)
        hand_in_figures(september, THEIRS[0], other, ogiltig_min="777")
        with writing():
            before = db.session.get_one(Placement, (THEIRS[0], today().replace(2025, 9, 1)))
            before.valid_to = today().replace(2026, 9, 30)
            move = {"valid_from": today().replace(2026, 10, 1), "school": "almen", "team": "t1"}
            db.session.add(Placement(pupil=THEIRS[0], **move))
        expected, _ = find_expected(october, "pupil", THEIRS[0], "", AS_OFFICER)
        assert background_of(october, expected).before == {}
        with pytest.raises(ReturnUnknown):
            find_expected(september, "pupil", THEIRS[0], "", AS_OFFICER)
        hand_in_figures(september, OURS[0], AS_OFFICER)
        same, _ = find_expected(october, "pupil", OURS[0], "", AS_OFFICER)
        assert background_of(october, same).before["ogiltig_min"] == "480"


def test_attendance_knows_no_milestones(school) -> None:
    """They are not even fetched."""
    with school.app_context():
        of = rounds.find("narvaro-2026-10")
        expected, _ = find_expected(of, "pupil", OURS[0], "", AS_OFFICER)
        known = background_of(of, expected)
    assert (list(known.milestones), known.given) == ([], {})


def test_an_officer_who_has_left_sees_nothing(school) -> None:
    """The last day stands in the register; from the next on nothing is there."""
    with school.app_context():
        with writing():
            binding = db.session.get_one(SchoolOfficer, ("almen", OFFICER, today()))
            binding.valid_from = today() - timedelta(days=9)
            binding.valid_to = today() - timedelta(days=1)
        assert schools_on(OFFICER, today() - timedelta(days=1)) == ["almen"]
        assert names(AS_OFFICER) == []


def test_the_role_without_a_school_sees_nothing(school) -> None:
    """Until the register says whose officer it is."""
    with school.app_context():
        accounts.create("new@demo.example", [Role.SCHOOL_OFFICER])
        assert names(Viewer("new@demo.example", in_teams=False, in_schools=True)) == []


def test_the_officer_is_reminded_of_the_schools_returns_alone(school) -> None:
    """Beside the team, which has the same pupils."""
    with school.app_context():
        to = {(each.round, each.team): each.to for each in reminding.due_now()}
    assert OFFICER in to["narvaro-2026-10", "t1"]
    assert OTHER_OFFICER not in to["narvaro-2026-10", "t1"]
    assert not {OFFICER, OTHER_OFFICER} & set(to["manad-2026-10", "t1"])
