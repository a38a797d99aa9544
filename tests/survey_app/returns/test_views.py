"""The team's pages without a script, and what their script is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

from survey_app.actions import rounds, trail
from survey_app.actions.returns import saving, scope
from survey_app.actions.returns.expecting import Expected, expected_in
from survey_app.actions.returns.placing import Unit
from survey_app.actions.returns.saving import Action
from survey_app.store.models import Round
from survey_app.store.returns import UnitReturn
from tests.survey_app.conftest import swedish, token
from tests.survey_app.returns.city import FULL, OURS, TEAM, hand_in

ROUND = "/returns/manad-2026-10"
E1, E2 = f"{ROUND}/pupil/{OURS[0]}", f"{ROUND}/pupil/{OURS[1]}"


def post(client: FlaskClient, address: str, **fields: str) -> Any:
    """Send a form as a page without a script does."""
    data = {"csrf_token": token(client, address), "_revision": "0", **fields}
    return client.post(address, data=data)


def tell(client: FlaskClient, address: str, **body: Any) -> Any:
    """Send what the script sends."""
    sent = {"revision": 0, "action": "save", "typed": dict(FULL), "confirmed": {}, "reason": ""}
    headers = {"X-CSRFToken": token(client, address)}
    return client.post(address, json=sent | body, headers=headers)


def kept(app: Any, code: str = OURS[0]) -> UnitReturn:
    """Find what is stored."""
    with app.app_context():
        found = saving.find(rounds.find("manad-2026-10"), Unit("pupil", code, "t1"))
        assert found is not None
        return found


def field_of(page: str, name: str) -> str:
    """Give the row of a question."""
    found = re.search(rf'data-line="{re.escape(name)}">(.*?)(?=data-line=|</form>)', page, re.S)
    assert found, name
    return found[1]


def test_after_the_login_a_team_member_stands_before_the_work(team) -> None:
    """One click from the day's task."""
    assert team.get("/").location == "/returns/"
    page = team.get("/returns/").get_data(as_text=True)
    assert page.index("2026-09") < page.index("2026-10")
    assert 'href="/rounds/"' not in page


def test_a_coordinator_still_lands_at_the_rounds(looking) -> None:
    """Each to their own."""
    assert looking.get("/").location == "/rounds/"


def test_ids_are_unique_on_a_sheet(team) -> None:
    """Labels lead to their own pupil's fields."""
    for address in (f"{ROUND}/", E1, f"{E1}?part"):
        page = team.get(address).get_data(as_text=True)
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), address
        assert set(re.findall(r'\sfor="([^"]+)"', page)) <= set(ids)


def test_the_milestone_stands_in_its_own_words(team) -> None:
    """Nobody has to look up what milestone 1 was."""
    page = team.get(E1).get_data(as_text=True)
    assert "Kommer till första lektionen" in page
    assert "Varannan dag" in page


def test_last_months_value_is_offered_and_not_chosen(team) -> None:
    """Unanswered stays unanswered until somebody says so."""
    row = field_of(team.get(E1).get_data(as_text=True), "delmal[1]/delmal_niva")
    assert "−1 Mindre" in row
    assert 'data-same="-1"' in row
    assert "checked" not in row
    assert "data-same" not in field_of(team.get(E2).get_data(as_text=True), "status")


def test_unchanged_without_a_script_fills_in_last_months_value(city, team) -> None:
    """The button posts the page; what else was typed is kept."""
    done = post(team, E1, insatser="hem", _same="delmal[1]/delmal_niva")
    assert done.status_code == 303
    assert kept(city).answers["delmal[1]/delmal_niva"] == "-1"
    assert kept(city).answers["insatser"] == "hem"
    assert kept(city).state == "draft"


def test_a_draft_is_saved_and_shown_again(city, team) -> None:
    """Half a report is worth keeping."""
    assert post(team, E1, status="hel", _do="save").location == E1
    assert "checked" in field_of(team.get(E1).get_data(as_text=True), "status")


def test_what_is_missing_is_said_at_its_field(city, team) -> None:
    """Handing in half a report keeps it and tells what is left."""
    answer = post(team, E1, status="hel", _do="submit")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert swedish(city, "This question needs an answer.") in field_of(page, "insatser")
    assert "hidden" in field_of(page, "status").split("field-error")[1].split(">")[0]
    assert kept(city).state == "draft"


def test_a_whole_report_is_handed_in_and_leads_back_to_the_sheet(city, team) -> None:
    """The next pupil is open there."""
    answer = post(team, E2, **FULL, _do="submit")
    assert answer.location == f"{ROUND}/teams/t1/"
    assert kept(city, OURS[1]).state == "submitted"
    page = team.get(answer.location).get_data(as_text=True)
    assert re.search(rf'id="u-{OURS[0]}"[^>]* open', page)
    assert re.search(rf'id="u-{OURS[1]}"[^>]*data-state="submitted"', page)


def test_a_doubt_is_asked_and_its_explanation_kept(city, team) -> None:
    """Three steps in a month are possible, and have a reason."""
    typed = {**FULL, "delmal[1]/delmal_niva": "2"}
    answer = post(team, E1, **typed, _do="submit")
    row = field_of(answer.get_data(as_text=True), "delmal[1]/delmal_niva")
    assert answer.status_code == 422
    assert "_why:delmal[1]/delmal_niva" in row
    sure = {"_why:delmal[1]/delmal_niva": "bytte klass", "_why:schema_min": "samma schema"}
    assert post(team, E1, **typed, **sure, _do="submit", _revision="1").status_code == 303
    assert kept(city).confirmed["delmal[1]/delmal_niva"] == "bytte klass"


def test_a_change_of_what_was_handed_in_needs_its_reason(city, team) -> None:
    """It is on record with both values."""
    tell(team, E2, action="submit")
    refused = tell(team, E2, revision=1, action="submit", typed={**FULL, "giltig_min": "60"})
    assert refused.status_code == 422
    changed = tell(team, E2, revision=1, action="submit", reason="fel siffra",
                   typed={**FULL, "giltig_min": "60"})  # fmt: skip
    assert changed.json["state"] == "corrected"
    with city.app_context():
        (newest, *_) = trail.of_subject(f"return:manad-2026-10/pupil/{OURS[1]}")
    assert newest.actor == TEAM
    assert '"giltig_min": ["180", "60"]' in newest.details


def test_what_cannot_be_supplied_says_why(city, team) -> None:
    """And can be taken up again."""
    assert post(team, E2, _do="cannot").status_code == 422
    post(team, E2, _do="cannot", _cannot="Eleven har flyttat")
    assert kept(city, OURS[1]).state == "cannot_be_supplied"
    assert tell(team, E2, revision=1, action="submit").json["state"] == "submitted"


def test_all_that_are_ready_are_handed_in_together(city, team) -> None:
    """The rest stays as it was."""
    tell(team, E2)
    tell(team, f"{ROUND}/pupil/{OURS[2]}", typed={"status": "hel"})
    tell(team, f"{ROUND}/pupil/{OURS[3]}", typed={**FULL, "giltig_min": "0", "ogiltig_min": "0"})
    data = {"csrf_token": token(team, f"{ROUND}/")}
    team.post(f"{ROUND}/teams/t1/ready", data=data)
    states = [kept(city, code).state for code in OURS[1:4]]
    assert states == ["submitted", "draft", "draft"]


def test_the_script_is_told_what_somebody_else_wrote(city, team) -> None:
    """Nothing is overwritten; both values are there to choose from."""
    tell(team, E2, typed={"status": "hel"})
    answer = tell(team, E2, typed={"status": "uppehall"})
    assert answer.status_code == 409
    assert answer.json["by"] == TEAM
    assert answer.json["theirs"]["status"] == ["hel", "Hela månaden"]
    assert kept(city, OURS[1]).answers["status"] == "hel"


def test_keeping_a_value_reads_a_whole_sheet_once(team, monkeypatch) -> None:
    """For what the script is told is left; each reading costs a tenth of the whole answer."""
    read: list[str] = []
    look = expected_in

    def looking_at(of: Round, team: str | None = None, **only: str) -> list[Expected]:
        if "code" not in only:
            read.append(of.name)
        return look(of, team, **only)

    headers = {"X-CSRFToken": token(team, E2)}
    monkeypatch.setattr(scope, "expected_in", looking_at)
    body = {"revision": 0, "action": "save", "typed": {"status": "hel"}, "confirmed": {}}
    answer = team.post(E2, json=body, headers=headers).get_json()
    assert (answer["done"], read) == (0, ["manad-2026-10"])


def test_without_a_script_both_values_stand_beside_each_other(city, team) -> None:
    """The second to save sees what the first wrote, and saves again."""
    post(team, E2, status="hel", _do="save")
    answer = post(team, E2, status="uppehall", _do="save", _revision="0")
    row = field_of(answer.get_data(as_text=True), "status")
    assert answer.status_code == 409
    assert "Hela månaden" in row.split('class="theirs"')[1]
    assert re.search(r'value="uppehall"[^>]* checked', row)
    assert post(team, E2, status="uppehall", _do="save", _revision="1").status_code == 303


def test_free_text_that_names_somebody_is_not_kept(city, team) -> None:
    """Everything else is; what may be a slip is only pointed out."""
    named = {**FULL, "anteckning": "Ring 070-123 45 67"}
    told = tell(team, E2, action="submit", typed=named).json
    assert told["state"] == "draft"
    assert "070-123 45 67" in told["refused"]["anteckning"]
    assert "anteckning" not in kept(city, OURS[1]).answers
    likely = tell(team, E2, revision=1, typed={**FULL, "anteckning": "640823-3233"}).json
    assert "640823-3233" in likely["warnings"]["anteckning"]
    assert kept(city, OURS[1]).answers["anteckning"] == "640823-3233"


def test_a_reason_that_names_somebody_is_refused(city, team) -> None:
    """The same for explanations: they go on record, which cannot be undone."""
    for body in (
        {"action": "cannot", "reason": "Fråga kim@exempel.se"},
        {"confirmed": {"status": "enligt 640823-3234"}},
    ):
        assert tell(team, E2, **body).status_code == 422
    with city.app_context():
        assert saving.find(rounds.find("manad-2026-10"), Unit("pupil", OURS[1], "t1")) is None


def test_sending_without_the_token_is_refused(team) -> None:
    """Another site cannot write in a team member's name."""
    assert team.post(E2, json={"revision": 0, "typed": {}, "action": "save"}).status_code == 400


def test_another_shape_is_refused(team) -> None:
    """What our script never sends is not kept."""
    bodies: tuple[Mapping[str, Any], ...] = (
        {"revision": "0"}, {"typed": {"status": 1}}, {"action": "burn"}, {"typed": None},
    )  # fmt: skip
    assert [tell(team, E2, **body).status_code for body in bodies] == [400] * len(bodies)


def test_a_curve_comes_back_when_a_report_is_handed_in(city, team) -> None:
    """Drawing, sentence and table say the same; the other pupils are not in it."""
    with city.app_context():
        hand_in(rounds.find("manad-2026-10"), OURS[0], Action.SUBMIT,
                **{"delmal[1]/delmal_niva": "1", "ogiltig_min": "150"})  # fmt: skip
    page = team.get(E1).get_data(as_text=True)
    assert "<polyline" in page
    assert "Delmål 1: från −1 till 1." in page
    assert "GAS T-värde: från 40 till 60." in page
    assert "Ogiltig frånvaro, procent: från 8 till 10." in page
    assert '<td class="number">8</td>' in page
    assert not any(code in page for code in OURS[1:])


def test_what_is_accepted_or_closed_is_shown_and_not_changed(city, team) -> None:
    """The fields stand there, disabled."""
    with city.app_context():
        rounds.close_round("manad-2026-10")
    assert '<fieldset class="bare" disabled>' in team.get(E2).get_data(as_text=True)
    assert tell(team, E2).status_code == 410
