"""What a coordinator reads before judging a return: answers in words, explanations, changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask

from survey_app.actions import responses, rounds
from survey_app.actions.register import importing
from survey_app.actions.returns import judging
from survey_app.actions.returns.reporting import report
from survey_app.actions.returns.saving import Action, Sent, find
from survey_app.actions.returns.scope import Viewer, find_expected
from tests.factories import make_app
from tests.forms.tables import workbook_of
from tests.survey_app.conftest import token
from tests.survey_app.returns.city import COORDINATOR, FULL, OURS, TEAM, fill
from tests.tools.html import html_problems

PUPIL, NEXT = OURS[0], OURS[1]
ROUND = "manad-2026-10"
PAGE = f"/followup/{ROUND}/t1/pupil/{PUPIL}/"
ALIKE = {"delmal[1]/delmal_niva": "2", "schema_min": "1400"}  # three steps up: doubted
WHY = {"delmal[1]/delmal_niva": "Ny skola"}


def send(
    code: str = PUPIL,
    action: Action = Action.SUBMIT,
    reason: str = "",
    changed: Mapping[str, str] = ALIKE,
) -> str:
    """Report about a pupil as the team would, the doubt explained; give the state."""
    of = rounds.find(ROUND)
    expected, _ = find_expected(of, "pupil", code, "", Viewer(TEAM))
    sent = Sent(expected.revision, {**FULL, **changed}, WHY, action, reason)
    return report(of, expected, sent, TEAM).kept.state


def accept(code: str = PUPIL) -> None:
    """Accept what stands there."""
    of = rounds.find(ROUND)
    expected, _ = find_expected(of, "pupil", code, "", Viewer(TEAM))
    judging.accept(of, expected.unit, expected.revision, COORDINATOR)


def give_back(code: str = PUPIL) -> None:
    """Give back what stands there."""
    of = rounds.find(ROUND)
    expected, _ = find_expected(of, "pupil", code, "", Viewer(TEAM))
    judging.give_back(of, expected.unit, expected.revision, "Stämmer det?", COORDINATOR)


def text_of(client, address: str = PAGE) -> str:
    """Read a page, its white space as one blank each."""
    return " ".join(client.get(address).get_data(as_text=True).split())


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """Make once what each test gets a copy of: a city whose team has handed in a month."""
    data = tmp_path_factory.mktemp("city") / "data"
    app = make_app(data)
    with app.app_context():
        fill()
        send()
    responses.close(app)
    return data


@pytest.fixture
def app(tmp_path: Path, filled: Path) -> Iterator[Flask]:
    """Give an app with a city of its own."""
    shutil.copytree(filled, tmp_path / "data")
    made = make_app(tmp_path / "data")
    yield made
    responses.close(made)


@pytest.fixture
def city(app: Flask) -> Flask:
    """Call the app what it is."""
    return app


def test_answers_stand_in_words(city, coordinator) -> None:
    """Labels instead of codes, the milestone's own words, and last time's answer beside."""
    page = text_of(coordinator)
    assert '<th scope="row">Hur har eleven varit inskriven?</th>' in page
    assert "Hela månaden" in page
    assert "Delmål 1: Kommer till första lektionen" in page
    assert "+2 Mycket mer" in page
    assert "−1 Mindre" in page
    assert "Stödsamtal · Möte" in page
    assert "delmal_vikt" not in page
    assert "left empty" in page
    assert [str(each) for each in html_problems({PAGE: page})] == []


def test_the_milestones_own_words_explain_the_level(city, coordinator) -> None:
    """A coordinator cannot know what 0 means for this pupil."""
    with city.app_context():
        send(NEXT, changed={"delmal[1]/delmal_niva": "0"})
    assert '<p class="hint">Varannan dag</p>' in text_of(coordinator, PAGE.replace(PUPIL, NEXT))


def test_doubts_stand_with_the_teams_explanation(city, coordinator) -> None:
    """An odd value that somebody has explained is not odd any more."""
    page = text_of(coordinator)
    assert "This is 3 steps from last month. Is it right?" in page
    assert "<strong>The team's answer:</strong> Ny skola" in page
    assert "has not explained" not in page
    assert "1 remark explained" in text_of(coordinator, f"/followup/{ROUND}/t1/")


def test_a_doubt_that_came_later_is_marked_as_unexplained(city, coordinator) -> None:
    """September was corrected after October was handed in: the same figures in both now."""
    with city.app_context():
        kept = find(rounds.find(ROUND), _unit())
        assert kept is not None
        kept.answers = {**kept.answers, "schema_min": FULL["schema_min"]}
        city.extensions["sqlalchemy"].session.commit()
    page = text_of(coordinator)
    assert "These are the same figures as last month. Is it right?" in page
    assert "The team has not explained it." in page


def test_changes_since_it_was_accepted_are_listed(city, coordinator) -> None:
    """Each once, from what was accepted to what stands there now."""
    with city.app_context():
        send(reason="Fel före", changed={**ALIKE, "giltig_min": "170"})
        accept()
        give_back()
        send(changed={**ALIKE, "giltig_min": "60"})
        send(reason="Räknat om", changed={**ALIKE, "giltig_min": "90"})
    page = text_of(coordinator)
    assert "Changed since it was accepted" in page
    row = '<tr><th scope="row">Giltig frånvaro</th><td>170</td><td>90</td></tr>'
    assert page.count("<td>170</td>") == page.count(row) == 1
    assert "Räknat om" in page
    assert "Stämmer det?" in page


def test_what_is_changed_back_is_no_change(city, coordinator) -> None:
    """The coordinator judges what stands there."""
    with city.app_context():
        accept()
        give_back()
        send(changed={**ALIKE, "giltig_min": "60"})
        send(reason="Ångrat")
    assert "No answer has changed." in text_of(coordinator)


def test_a_draft_in_between_is_said(city, coordinator) -> None:
    """What is typed in drafts is on no record."""
    with city.app_context():
        accept()
        give_back()
        send(action=Action.CANNOT, reason="Underlag saknas")
        send(action=Action.SAVE)
        send(changed={**ALIKE, "giltig_min": "60"})
    assert "what changed then is not recorded" in text_of(coordinator)


def test_drafts_are_not_read(city, coordinator) -> None:
    """They are the team's until they are handed in."""
    with city.app_context():
        send(NEXT, action=Action.SAVE)
    address = PAGE.replace(PUPIL, NEXT)
    assert coordinator.get(address).status_code == 404
    assert address not in text_of(coordinator, f"/followup/{ROUND}/t1/")
    assert PAGE in text_of(coordinator, f"/followup/{ROUND}/t1/")


def test_judging_leads_to_the_next_that_waits(city, coordinator) -> None:
    """A coordinator reads one after the other, and then is back."""
    with city.app_context():
        send(NEXT)
    form = {"csrf_token": token(coordinator, PAGE), "revision": "1", "then": "next"}
    team = f"/followup/{ROUND}/t1/"
    sent = coordinator.post(team + "accept", data={**form, "unit": PUPIL})
    assert sent.location == PAGE.replace(PUPIL, NEXT)
    sent = coordinator.post(team + "give-back", data={**form, "unit": NEXT, "comment": "Varför?"})
    assert sent.location == team


def test_another_teams_page_does_not_show_it(city, coordinator) -> None:
    """The address says whose it is."""
    assert coordinator.get(PAGE.replace("/t1/", "/t2/")).status_code == 404


def end(pupil: str, sheet: str) -> None:
    """Change the register."""
    importing.carry_out(workbook_of(sheet.replace("PUPIL", pupil)), COORDINATOR)


WITHDRAWN = """
    samtycken
    | elev  | undertecknat | blankett | parter | uppgifter | undertecknare    | återkallat |
    | PUPIL | 2025-09-01   | 2019     | skola  | narvaro   | vardnadshavare-1 | 2026-09-30 |
"""
DISCHARGED = """
    vägen
    | elev  | nummer | steg      | dag        | skäl     |
    | PUPIL | 5      | utskriven | 2026-09-30 | Flyttade |
"""


def test_what_is_not_expected_any_more_is_listed_with_its_cause(city, coordinator) -> None:
    """It never vanishes in silence, and counts for nothing in the picture."""
    assert "No longer expected" not in text_of(coordinator, "/followup/")
    with city.app_context():
        send(NEXT)
        end(NEXT, DISCHARGED)
    assert "No longer expected (1)" in text_of(coordinator, "/followup/")
    listed = text_of(coordinator, "/followup/not-expected")
    address = PAGE.replace(PUPIL, NEXT)
    assert f'<a href="{address}">{NEXT}</a>' in listed
    assert "The pupil is not enrolled in this period." in listed
    assert "1 return is no longer expected" in text_of(coordinator, f"/followup/{ROUND}/t1/")
    page = text_of(coordinator, address)
    assert "0 in the column _expected" in page
    assert "Hela månaden" in page
    assert ">Accept<" not in page
    assert [str(each) for each in html_problems({"list": listed, "page": page})] == []


def test_without_a_consent_nobody_reads_it(city, coordinator) -> None:
    """What happened is listed; answers, changes and reasons are not shown."""
    with city.app_context():
        send(reason="Bytte skola", changed={**ALIKE, "giltig_min": "170"})
        end(PUPIL, WITHDRAWN)
    listed = text_of(coordinator, "/followup/not-expected")
    assert "The consent was taken back or ran out before this period." in listed
    page = text_of(coordinator)
    assert "Its answers are shown to nobody" in page
    assert "<td>170</td>" not in page
    assert "Hela månaden" not in page
    assert "Bytte skola" not in page
    assert "handed in" in page


def _unit():
    of = rounds.find(ROUND)
    return find_expected(of, "pupil", PUPIL, "", Viewer(TEAM))[0].unit
