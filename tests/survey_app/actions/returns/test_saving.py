"""Drafts, submitting, correcting, and two people at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from forms.answers import Answers
from survey_app.actions import rounds, trail
from survey_app.actions.errors import RoundClosed
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns import judging, saving
from survey_app.actions.returns.saving import (
    Action,
    Kept,
    NotReady,
    ReasonMissing,
    ReturnChanged,
    ReturnSettled,
    Sent,
)
from survey_app.store.models import Round
from tests.survey_app.actions.returns.reports import PUPIL, make_city, make_report

TEAM, OTHER, COORDINATOR = "team@demo.example", "other@demo.example", "c@demo.example"
SUBJECT = "return:report-2025-10/pupil/E7K3M"


@pytest.fixture
def report(context) -> Round:
    """Open a round that expects one pupil."""
    make_city()
    return make_report()


def send(
    of: Round,
    revision: int = 0,
    action: Action = Action.SAVE,
    reason: str = "",
    confirmed: Mapping[str, str] | None = None,
    doubting: saving.Doubting = lambda _: {},
    actor: str = TEAM,
    **typed: str,
) -> Kept:
    """Send what was typed about the pupil."""
    sent = Sent(revision, typed, confirmed or {}, action, reason)
    return saving.save(of, PUPIL, sent, actor, doubting=doubting)


def actions() -> list[str]:
    """Give what the trail has about the return, the newest first."""
    return [entry.action for entry in trail.of_subject(SUBJECT)]


def test_a_draft_is_kept_as_it_is_typed(report) -> None:
    """Half a return is not lost, and nothing is on record yet."""
    kept = send(report, absent="30")
    assert (kept.state, kept.revision) == (ReturnState.DRAFT, 1)
    assert kept.answers.values == {"absent": "30"}
    assert set(kept.problems) == {"scheduled", "absent"}
    stored = saving.find(report, PUPIL)
    assert stored is not None
    assert dict(stored.answers) == {"absent": "30"}
    assert actions() == []


def test_a_whole_return_is_submitted(report) -> None:
    """With an entry that says who and when, and no values."""
    kept = send(report, action=Action.SUBMIT, scheduled="1500", absent="30", level="0")
    assert (kept.state, dict(kept.problems)) == (ReturnState.SUBMITTED, {})
    (entry,) = trail.of_subject(SUBJECT)
    assert (entry.actor, entry.action) == (TEAM, "return.submit")
    assert json.loads(entry.details)["values"] == {}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ({}, "scheduled"),
        ({"scheduled": "100", "absent": "101"}, "absent"),
        ({"scheduled": "many"}, "scheduled"),
        ({"scheduled": "100", "level": "1"}, "level"),
    ],
)
def test_what_is_not_ready_stays_a_draft_with_its_problem(report, typed, address) -> None:
    """Impossible is refused where it stands; what else was typed is kept."""
    sent = Sent(0, {"note": "kvar", **typed}, action=Action.SUBMIT)
    kept = saving.save(report, PUPIL, sent, TEAM)
    assert kept.state is ReturnState.DRAFT
    assert address in kept.problems
    assert kept.answers.values["note"] == "kvar"


def test_the_authors_words_say_what_is_impossible(report) -> None:
    """A sentence that the team understands."""
    kept = send(report, scheduled="100", absent="101")
    assert kept.problems["absent"] == "Mer än schemalagt"


def test_the_implausible_is_asked_about_and_the_answer_kept(report) -> None:
    """Not refused: an explanation makes it right."""

    def zero(answers: Answers) -> dict[str, str]:
        return {"absent": "Ingen frånvaro alls?"} if answers.values.get("absent") == "0" else {}

    typed: dict[str, Any] = {"scheduled": "100", "absent": "0"}
    kept = send(report, action=Action.SUBMIT, doubting=zero, **typed)
    assert (kept.state, kept.doubts) == (ReturnState.DRAFT, {"absent": "Ingen frånvaro alls?"})
    why = {"absent": "Ny plan sedan augusti"}
    kept = send(report, 1, Action.SUBMIT, doubting=zero, confirmed=why, **typed)
    assert (kept.state, kept.doubts) == (ReturnState.SUBMITTED, {})
    stored = saving.find(report, PUPIL)
    assert stored is not None
    assert dict(stored.confirmed) == why


def test_nobody_overwrites_what_another_has_written(report) -> None:
    """The second person sees who was first; nothing of the first is lost."""
    send(report, scheduled="100")
    send(report, 1, scheduled="200")
    with pytest.raises(ReturnChanged, match=TEAM) as caught:
        send(report, 1, actor=OTHER, scheduled="300")
    assert dict(caught.value.kept.answers) == {"scheduled": "200"}
    with pytest.raises(ReturnChanged):
        send(report, 0, actor=OTHER, scheduled="300")


def test_a_submitted_value_changes_only_with_a_reason_on_record(report) -> None:
    """Who, when, old, new, why."""
    send(report, action=Action.SUBMIT, scheduled="1500", absent="30")
    with pytest.raises(ReasonMissing):
        send(report, 1, Action.SUBMIT, scheduled="1500", absent="60")
    kept = send(report, 1, Action.SUBMIT, "Fel vecka", scheduled="1500", absent="60", actor=OTHER)
    assert kept.state is ReturnState.CORRECTED
    newest = trail.of_subject(SUBJECT)[0]
    details = json.loads(newest.details)
    assert (newest.actor, details["reason"]) == (OTHER, "Fel vecka")
    assert details["values"] == {"absent": ["30", "60"]}


def test_a_submitted_return_stands_when_its_change_is_not_ready(report) -> None:
    """It never falls back to a draft."""
    send(report, action=Action.SUBMIT, scheduled="1500", absent="30")
    for action in (Action.SUBMIT, Action.SAVE):
        with pytest.raises(NotReady):
            send(report, 1, action, "skäl", scheduled="", absent="60")
    stored = saving.find(report, PUPIL)
    assert stored is not None
    assert (stored.state, dict(stored.answers)) == (
        "submitted", {"scheduled": "1500", "absent": "30"},
    )  # fmt: skip


def test_what_cannot_be_supplied_says_why(report) -> None:
    """It counts neither as missing nor as accepted."""
    with pytest.raises(ReasonMissing):
        send(report, action=Action.CANNOT)
    kept = send(report, action=Action.CANNOT, reason="Skolan har inget schema")
    assert kept.state is ReturnState.CANNOT_BE_SUPPLIED
    assert send(report, 1, scheduled="100").state is ReturnState.DRAFT


def test_a_coordinator_accepts_or_gives_back(report) -> None:
    """What is accepted stands until it is given back; what is given back is corrected."""
    with pytest.raises(judging.NothingToJudge):
        judging.accept(report, PUPIL, 0, COORDINATOR)
    send(report, action=Action.SUBMIT, scheduled="1500")
    judging.accept(report, PUPIL, 1, COORDINATOR)
    with pytest.raises(ReturnSettled):
        send(report, 2, Action.SUBMIT, "skäl", scheduled="1400")
    with pytest.raises(ReasonMissing):
        judging.give_back(report, PUPIL, 2, " ", COORDINATOR)
    judging.give_back(report, PUPIL, 2, "Kan 1500 stämma?", COORDINATOR)
    assert send(report, 3, scheduled="1400").state is ReturnState.RETURNED
    assert send(report, 4, Action.SUBMIT, scheduled="1400").state is ReturnState.CORRECTED
    assert actions() == [
        "return.submit", "return.save", "return.give-back", "return.accept", "return.submit",
    ]  # fmt: skip
    assert trail.verify().is_whole


def test_a_coordinator_judges_what_was_shown(report) -> None:
    """A change that came in between is not accepted unseen."""
    send(report, action=Action.SUBMIT, scheduled="1500")
    send(report, 1, Action.SUBMIT, "skäl", scheduled="1400")
    with pytest.raises(ReturnChanged):
        judging.accept(report, PUPIL, 1, COORDINATOR)


def test_a_closed_round_takes_nothing(report) -> None:
    """What was there stands."""
    send(report, scheduled="100")
    rounds.close_round(report.name)
    with pytest.raises(RoundClosed):
        send(report, 1, scheduled="200")


def test_what_comes_while_a_round_is_locked_is_too_late(report, monkeypatch) -> None:
    """It is read and judged first, which takes a moment."""
    weighed = saving._weighed

    def locked(*args, **more):
        rounds.close_round(report.name)
        return weighed(*args, **more)

    monkeypatch.setattr(saving, "_weighed", locked)
    with pytest.raises(RoundClosed):
        send(report, scheduled="200")
    assert saving.find(report, PUPIL) is None


def test_what_the_register_says_wins_over_what_is_typed(report) -> None:
    """A page cannot report under another milestone's number."""
    sent = Sent(0, {"note": "typed", "scheduled": "1"})
    kept = saving.save(report, PUPIL, sent, TEAM, given={"note": "given"})
    assert kept.answers.values["note"] == "given"
