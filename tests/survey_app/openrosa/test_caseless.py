"""Interviews from devices, where others are written down under a case and its consent."""

from __future__ import annotations

from survey_app.actions import rounds
from survey_app.actions.interviews import cases
from survey_app.actions.interviews.cases import Facts
from survey_app.actions.returns.scope import Viewer
from tests.survey_app.openrosa.device import said
from tests.survey_app.openrosa.test_submission import pets, stored


def test_a_round_with_cases_takes_no_form_that_belongs_to_none(app, device) -> None:
    """No consent covers it, and a withdrawal would not find it; what is stored is acknowledged."""
    assert device.send(pets()).status_code == 201
    with app.app_context():
        cases.add(rounds.find("visits"), Facts(role="personal"), Viewer("c@demo.example", True))
    answer = device.send(pets(number=2))
    assert answer.status_code == 409
    assert "belong to cases" in said(answer)
    assert device.send(pets()).status_code in {201, 202}
    assert len(stored(app)) == 1
