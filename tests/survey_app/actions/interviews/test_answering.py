"""Notes as they are written: nothing overwritten unseen, and each version for ever the same."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from survey_app.actions import rounds
from survey_app.actions.errors import RoundClosed
from survey_app.actions.instruments import instrument_of
from survey_app.actions.interviews import answering, cases, consents
from survey_app.actions.interviews.answering import Sent, named_in
from survey_app.actions.interviews.cases import Facts
from survey_app.actions.interviews.errors import CaseSettled, InterviewChanged
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase, InterviewText
from tests.survey_app.actions.interviews.people import (
    ADULT,
    ANNA,
    OTHER,
    OWN,
    make_case,
    make_interview,
    make_talks,
)


def notes_of(case: InterviewCase) -> list[tuple[str, int, str]]:
    """Give the versions that are kept."""
    wanted = select(InterviewText).where(InterviewText.case_id == case.id)
    return sorted((each.question, each.number, each.text) for each in db.session.scalars(wanted))


def agreed_case() -> InterviewCase:
    """Give a case that may be interviewed."""
    case = make_case(make_talks())
    consents.record(case, ADULT, ANNA)
    return case


def test_a_draft_may_lack_what_the_end_needs(context) -> None:
    """The interviewer saves while somebody speaks."""
    case = agreed_case()
    assert answering.save(case, Sent(0, {}), ANNA) == {}
    assert list(answering.save(case, Sent(1, {}, is_done=True), ANNA)) == ["takes"]
    assert answering.save(case, Sent(1, {"takes": "1", "fore": "Så."}), ANNA) == {}
    assert (case.state, notes_of(case)) == ("planned", [])
    assert answering.save(case, Sent(2, {"takes": "1", "fore": "Så."}, is_done=True), ANNA) == {}
    assert (case.state, notes_of(case)) == ("done", [("fore", 1, "Så.")])


def test_an_answer_that_is_wrong_is_not_kept(context) -> None:
    """A code that the guide does not offer."""
    case = agreed_case()
    assert list(answering.save(case, Sent(0, {"takes": "9"}), ANNA)) == ["takes"]
    assert answering.find(case) is None


def test_nothing_is_overwritten_unseen(context) -> None:
    """Two tabs, or two people."""
    case = agreed_case()
    answering.save(case, Sent(0, {"takes": "1"}), ANNA)
    with pytest.raises(InterviewChanged, match=ANNA):
        answering.save(case, Sent(0, {"takes": "0"}), OTHER)


def test_a_corrected_note_is_another_version(context) -> None:
    """The old one, which may have held a name, is gone; unchanged notes keep theirs."""
    case = make_interview(make_talks(), {"fore": "Kim var sjuk.", "nu": "Bra."})
    fixed = {"takes": "1", "fore": "Eleven var sjuk.", "nu": "Bra."}
    answering.save(case, Sent(1, fixed), ANNA)
    assert notes_of(case) == [("fore", 2, "Eleven var sjuk."), ("nu", 1, "Bra.")]
    assert set(answering.save(case, Sent(2, {"takes": "0", "fore": "Eleven"}), ANNA)) == {"fore"}
    answering.save(case, Sent(2, {"takes": "0"}), ANNA)
    assert notes_of(case) == []


def test_a_version_never_changes(context) -> None:
    """What is coded is what was read, whatever the code above does."""
    make_interview(make_talks(), {"fore": "Bra."})
    with pytest.raises(DatabaseError, match="never changes"):
        db.session.execute(text("UPDATE interview_text SET text = 'x'"))


def test_what_is_done_stays_done(context) -> None:
    """Declined, with answers, would be neither."""
    case = make_interview(make_talks(), {})
    cases.change(case, Facts("personal", group="a"), OWN)
    assert (case.state, case.group) == ("done", "a")
    with pytest.raises(CaseSettled):
        cases.change(case, Facts("personal", state="declined"), OWN)


def test_a_closed_round_takes_no_notes(context) -> None:
    """As with every questionnaire."""
    case = agreed_case()
    rounds.close_round("talks")
    with pytest.raises(RoundClosed):
        answering.save(case, Sent(0, {"takes": "1"}), ANNA)


def test_a_note_that_names_somebody_is_found(context) -> None:
    """For certain, or perhaps; other questions may hold any number."""
    of = make_talks()
    instrument = instrument_of(of.version_id)
    said = {"takes": "0701234567", "fore": "Ring 070-123 45 67", "nu": "640823-3233"}
    certain, likely = named_in(instrument, said)
    assert (certain, likely) == ({"fore": "070-123 45 67"}, {"nu"})
