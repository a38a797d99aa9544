"""A round of interviews, its interviewers, and cases that have consented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from survey_app.actions import accounts
from survey_app.actions.interviews import answering, cases, consents
from survey_app.actions.interviews.answering import Sent
from survey_app.actions.interviews.cases import Facts
from survey_app.actions.interviews.consents import Agreed
from survey_app.actions.returns.scope import Viewer
from survey_app.store.interviews import InterviewCase
from survey_app.store.models import Round
from tests.factories import make_round

NOTES = """
    survey
    | type             | name  | label::Svenska (sv) | label::English (en) | appearance | required | relevant       |
    | select_one yesno | takes | Vill du vara med?   | Will you take part? |            | yes      |                |
    | text             | fore  | Hur var det förut?  | How was it before?  | multiline  |          | ${takes} = '1' |
    | text             | nu    | Hur är det nu?      | How is it now?      | multiline  |          | ${takes} = '1' |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) |
    | yesno     | 1    | Ja                  | Yes                 |
    | yesno     | 0    | Nej                 | No                  |
    settings
    | form_id | form_title | sa_title::English (en) | default_language | version | sa_mode   | sa_unit |
    | talk    | Samtal     | Talk                   | Svenska (sv)     | 1       | interview | case    |
"""
ANNA, OTHER = "anna@demo.example", "other@demo.example"
PASSWORD = "four-words-on-paper"
OWN, ANOTHERS, ALL = Viewer(ANNA, False), Viewer(OTHER, False), Viewer("c@demo.example", True)
ADULT = Agreed(date(2026, 1, 15), "1", person=True)


def make_talks() -> Round:
    """Open a round of interviews with two interviewers; needs an app context."""
    for email in (ANNA, OTHER):
        accounts.create(email, ["interviewer"], PASSWORD)
    return make_round("talks", table=NOTES)


def make_case(of: Round, role: str = "personal", **facts: Any) -> InterviewCase:
    """Add a case of the first interviewer."""
    code = cases.add(of, Facts(role=role, **facts), OWN)
    return cases.find(of, code, OWN)


def make_interview(of: Round, notes: Mapping[str, str]) -> InterviewCase:
    """Add a case that has consented and been interviewed."""
    case = make_case(of)
    consents.record(case, ADULT, ANNA)
    wrong = answering.save(case, Sent(0, {"takes": "1", **notes}, is_done=True), ANNA)
    assert wrong == {}
    return case
