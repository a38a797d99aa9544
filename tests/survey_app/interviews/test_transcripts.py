"""A transcript: read, looked through, kept, coded, and erased with the consent."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from survey_app.actions import rounds
from survey_app.actions.coding import texts
from survey_app.actions.interviews import answering, cases, consents, transcripts
from survey_app.actions.interviews.answering import Sent
from survey_app.actions.interviews.errors import InterviewNotBegun, TranscriptChanged
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase
from tests.forms.reading.test_documents import docx, paragraph
from tests.survey_app.actions.coding.coded import CODER, correct, make_coded
from tests.survey_app.actions.interviews.people import (
    ADULT,
    ALL,
    ANNA,
    OTHER,
    make_case,
    make_interview,
    make_talks,
)
from tests.survey_app.conftest import choose_language, token
from tests.survey_app.returns.city import log_in


def said() -> list[str]:
    """Give all versions of all texts that are stored."""
    return sorted(db.session.execute(text("SELECT text FROM interview_text")).scalars())


@pytest.fixture
def anna(app: Flask) -> FlaskClient:
    """Give the interviewer's browser, in English, with one interview that is done."""
    with app.app_context():
        make_interview(make_talks(), {"fore": "Kort."})
    client = log_in(app.test_client(), ANNA)
    choose_language(client, "en")
    return client


def only(app: Flask) -> str:
    """Give the address of the one case."""
    with app.app_context():
        return f"/interviews/talks/cases/{db.session.query(InterviewCase).one().code}"


def test_a_file_is_read_looked_through_and_kept(app: Flask, anna: FlaskClient) -> None:
    """Nothing is kept before somebody has pressed save, and nothing that names somebody."""
    page = f"{only(app)}/transcript"
    file = docx(paragraph("Och sedan kom Kim.") + paragraph("Ring 070-123 45 67."))
    data = {"csrf_token": token(anna, page), "number": "0", "file": (BytesIO(file), "a.docx")}
    answer = anna.post(page, data=data)
    assert "Nothing is saved yet" in answer.text
    assert "Och sedan kom Kim.\nRing 070-123 45 67.</textarea>" in answer.text
    assert '<li dir="auto">Kim</li>' in answer.text
    typed = {"csrf_token": token(anna, page), "number": "0", "text": "Ring 070-123 45 67."}
    answer = anna.post(page, data=typed)
    assert answer.status_code == 422
    assert "names somebody" in answer.text
    with app.app_context():
        assert said() == ["Kort."]
    assert (
        anna.post(page, data=typed | {"text": "Sedan kom läraren.\r\n\r\nJa."}).status_code == 302
    )
    with app.app_context():
        assert said() == ["Kort.", "Sedan kom läraren.\nJa."]
    data = {"csrf_token": token(anna, page), "file": (BytesIO(b"\x89PNG\0"), "a.txt")}
    answer = anna.post(page, data=data)
    assert answer.status_code == 422
    assert "The transcript cannot be read. It is neither a text file" in answer.text
    assert "Transcript" in anna.get(f"{only(app)}/").text
    assert log_in(app.test_client(), OTHER).get(page).status_code == 404


def test_a_transcript_is_coded_beside_the_notes_and_outlives_their_correction(context) -> None:
    """Its codes stay where they are when a note is corrected, and move when it is itself."""
    of = make_coded()
    case = make_interview(of.of, {"fore": "Kort."})
    transcripts.keep(case, "Jag litar på Kim.\nSlut.", 0, ANNA)
    made = of.give(case, "Slut.", "eff")
    assert next(each.heading for each in texts.notes_of(case)) == "Avskrift"
    assert [hit.words for hit in texts.search(of.of, "litar", CODER)] == ["litar"]
    correct(case, fore="Längre.")
    assert said() == ["Jag litar på Kim.\nSlut.", "Längre."]
    transcripts.keep(case, "Jag litar på henne.\nSlut.", 1, ANNA)
    assert said() == ["Jag litar på henne.\nSlut.", "Längre."]  # a name is in no earlier version
    (segment,) = next(n for n in texts.notes_of(case) if n.segments).segments
    assert (segment.id, segment.words) == (made, "Slut.")
    with pytest.raises(TranscriptChanged):
        transcripts.keep(case, "Äldre sida.", 1, OTHER)
    consents.withdraw(cases.find(rounds.find("talks"), case.code, ALL), ANNA)
    assert said() == []


def test_a_transcript_needs_an_interview_that_is_begun(context) -> None:
    """Somebody has to have said yes first."""
    case = make_case(make_talks())
    consents.record(case, ADULT, ANNA)
    with pytest.raises(InterviewNotBegun):
        transcripts.keep(case, "Ja.", 0, ANNA)
    answering.save(case, Sent(0, {"takes": "1", "fore": "Kort."}), ANNA)
    transcripts.keep(case, "Ja.", 0, ANNA)
    assert said() == ["Ja."]
    transcripts.keep(case, " ", 1, ANNA)
    assert said() == []
