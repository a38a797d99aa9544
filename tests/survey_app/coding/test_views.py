"""The coders' pages, from an empty scheme to coded passages, without a script."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.actions import accounts, extracts
from survey_app.audience import Role
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase, InterviewText
from tests.survey_app.actions.coding.coded import CODER, correct
from tests.survey_app.actions.interviews.people import ANNA, make_interview, make_talks
from tests.survey_app.conftest import PASSWORD, choose_language, token
from tests.survey_app.coordinate.test_rounds import sent, shown
from tests.survey_app.returns.city import log_in

ROUND, SCHEME = "/coding/talks/", "/coding/schemes/1/"


@pytest.fixture
def talks(app: Flask) -> Flask:
    """Open a round in which one person was interviewed."""
    with app.app_context():
        make_interview(make_talks(), {"fore": "Kim kom. Hon <lyssnar>. Bra.", "nu": "Så."})
        accounts.create(CODER, [Role.CODER], PASSWORD)
    return app


@pytest.fixture
def coder(talks: Flask) -> FlaskClient:
    """Give the browser of a coder, who reads English."""
    client = log_in(talks.test_client(), CODER)
    choose_language(client, "en")
    return client


def code_of_case(app: Flask) -> str:
    """Give the pseudonym of the one case."""
    with app.app_context():
        return db.session.query(InterviewCase).one().code


def text_of(app: Flask, question: str = "fore") -> str:
    """Give the number of the newest version of a note, as a form has it."""
    with app.app_context():
        found = db.session.query(InterviewText).filter_by(question=question)
        return str(found.order_by(InterviewText.number.desc()).all()[0].id)


def add_code(client: FlaskClient, name: str, parent: str = "0") -> str:
    """Add a code on the page."""
    facts = {"name": name, "label": name.capitalize(), "parent": parent, "colour": "0"}
    return sent(client, f"{SCHEME}new", **facts)


def press(client: FlaskClient, address: str, **data: str) -> str:
    """Press a button of the desk."""
    data["csrf_token"] = token(client, address)
    return client.post(address, data=data, follow_redirects=True).get_data(as_text=True)


def test_a_scheme_is_begun_filled_and_its_history_kept(talks, coder) -> None:
    """Add, change, merge, split, remove: each is a sentence with its coder."""
    assert "no coding scheme yet" in shown(coder, "/coding/")
    assert "Choose a coding scheme" in shown(coder, ROUND)
    assert "The round is coded by this scheme." in sent(coder, f"{ROUND}scheme", title="Elever")
    assert "is called" in sent(coder, f"{ROUND}scheme", title="")
    assert "already" in sent(coder, f"{ROUND}scheme", title="Elever")
    for name in ("rel", "tillit", "byte"):
        assert "It is added." in add_code(coder, name, "1" if name != "rel" else "0")
    assert "has a code “rel” already" in add_code(coder, "rel")
    facts = {"name": "lit", "label": "Tillit", "parent": "1", "colour": "2", "definition": "Litar."}
    assert "It is saved." in sent(coder, f"{SCHEME}codes/2/change", **facts)
    assert "The codes are merged." in sent(coder, f"{SCHEME}codes/3/merge", into="2")
    split = {"name": "kom", "label": "Kom", "parent": "0", "colour": "0", "goes-x": "moves"}
    assert "The code is split." in sent(coder, f"{SCHEME}codes/2/split", **split)
    assert "It is removed." in sent(coder, f"{SCHEME}codes/4/remove")
    page = shown(coder, f"{SCHEME}history")
    for sentence in (
        "“kom” was removed.",
        "“kom” was split from “lit”. 0 passages moved. 0 have both.",
        "“byte” was merged into “lit”. 0 passages followed.",
        "“tillit” was renamed “lit”. 0 passages followed.",
        "The scheme was begun.",
    ):
        assert sentence in page
    assert CODER in page
    assert "Litar." in shown(coder, SCHEME)
    assert coder.get("/coding/schemes/9/").status_code == 404
    assert coder.get(f"{SCHEME}codes/9/change").status_code == 404


def test_a_passage_is_coded_changed_and_removed(talks, coder) -> None:
    """The same address for all: a page that reloads does nothing twice."""
    desk = f"{ROUND}cases/{code_of_case(talks)}/"
    assert "There are no codes yet." in shown(coder, desk)
    sent(coder, f"{ROUND}scheme", title="Elever")
    add_code(coder, "rel")
    here = {"text": text_of(talks), "start": "9", "stop": "23", "words": "Hon\n <lyssnar>."}
    assert "Choose at least one code." in press(coder, desk, act="add", **here)
    assert "Choose a passage" in press(coder, desk, act="add", codes="1")
    page = press(coder, desk, act="add", codes="1", valence="-1", memo="Fin <b>.", **here)
    assert '<blockquote dir="auto">Hon &lt;lyssnar&gt;.</blockquote>' in page
    assert "Fin &lt;b&gt;." in page
    assert "− Negative" in page
    assert re.search(r'class="run coded colour-0" data-start="9">Hon &lt;lyssnar&gt;\.<', page)
    assert "Begun" in shown(coder, ROUND)
    page = press(coder, desk, act="change", segment="1", codes="1", valence="1")
    assert "+ Positive" in page
    assert "Fin &lt;" not in page
    assert coder.post(desk, data={"csrf_token": token(coder, desk)}).status_code == 400
    assert "1 coded passage" not in press(coder, desk, act="remove", segment="1")
    assert "no such coded passage" in press(coder, desk, act="remove", segment="1")


def test_a_corrected_note_says_what_became_of_its_codes(talks, coder) -> None:
    """Carried over where the words are unchanged; the others wait for the coder."""
    desk = f"{ROUND}cases/{code_of_case(talks)}/"
    sent(coder, f"{ROUND}scheme", title="Elever")
    add_code(coder, "rel")
    for start, stop in (("0", "8"), ("9", "23")):
        press(coder, desk, act="add", codes="1", text=text_of(talks), start=start, stop=stop)
    with talks.test_request_context():
        case = db.session.query(InterviewCase).one()
        correct(case, fore="Eleven kom. Hon <lyssnar>. Bra.", nu="Så.")
    page = shown(coder, desk)
    assert "Codes in an earlier version" in page
    assert '<blockquote dir="auto">Kim kom.</blockquote>' in page
    assert "after this was coded (version 1)" in page
    assert "2 to look at" in shown(coder, ROUND)
    assert "after this was coded" not in press(coder, desk, act="keep", segment="2")
    here = {"text": text_of(talks), "start": "0", "stop": "11"}
    page = press(coder, desk, act="place", segment="1", **here)
    assert "Codes in an earlier version" not in page
    assert '<blockquote dir="auto">Eleven kom.</blockquote>' in page
    sent_to = f"{desk}coded"
    coder.post(sent_to, data={"csrf_token": token(coder, desk), "coded": "1"})
    assert "Coded" in shown(coder, ROUND)
    assert "Open it again" in shown(coder, desk)


def test_answers_to_a_question_are_coded_one_after_the_other(talks, coder) -> None:
    """The heading is the case; a question that is no note is not there."""
    sent(coder, f"{ROUND}scheme", title="Elever")
    add_code(coder, "rel")
    desk = f"{ROUND}questions/fore/"
    assert "How was it before?" in shown(coder, desk)
    here = {"text": text_of(talks), "start": "0", "stop": "3"}
    page = press(coder, desk, act="add", codes="1", **here)
    assert "1 coded passage" in page
    assert code_of_case(talks) in page
    assert coder.get(f"{ROUND}questions/takes/").status_code == 404
    assert "<mark>lyssnar</mark>" in shown(coder, f"{ROUND}search?q=LYSSNAR")


def test_a_coder_codes_and_nothing_else(talks, coder) -> None:
    """The consents and the sample are the interviewers'; an interviewer does not code."""
    assert coder.get("/").location == "/coding/"
    assert coder.get("/interviews/talks/").status_code == 403
    anna = log_in(talks.test_client(), ANNA)
    assert anna.get(ROUND).status_code == 403


def test_a_coder_takes_the_codebook_and_no_texts(talks, coder) -> None:
    """Whole notes leave by the coordinator's hand alone; both files are on record."""
    boss = "boss@demo.example"
    with talks.app_context():
        accounts.create(boss, [Role.COORDINATOR], PASSWORD)
    sent(coder, f"{ROUND}scheme", title="Elever")
    add_code(coder, "rel")
    page = shown(coder, ROUND)
    assert "codebook.qdc" in page
    assert "qdpx" not in page
    book = coder.get(f"{ROUND}codebook.qdc")
    assert b"Rel" in book.data
    assert "talks.qdc" in book.headers["Content-Disposition"]
    project = "/rounds/talks/answers.qdpx"
    assert coder.get(project).status_code == 403
    chief = log_in(talks.test_client(), boss)
    assert project in shown(chief, ROUND)
    assert project in shown(chief, "/rounds/talks/")
    with chief.get(project) as got:
        assert got.data[:2] == b"PK"
    with talks.app_context():
        assert [(e.actor, e.file_format) for e in extracts.listing()] == [
            (boss, "qdpx"), (CODER, "qdc"),
        ]  # fmt: skip


def test_a_coder_suggests_and_a_coordinator_approves(talks, coder) -> None:
    """The file has nothing before; why something stays is said where it is approved."""
    boss = "boss@demo.example"
    with talks.app_context():
        accounts.create(boss, [Role.COORDINATOR], PASSWORD)
    chief = log_in(talks.test_client(), boss)
    choose_language(chief, "en")
    desk, page = f"{ROUND}cases/{code_of_case(talks)}/", f"{ROUND}quotations"
    assert "Nothing is suggested yet." in shown(coder, page)
    sent(coder, f"{ROUND}scheme", title="Elever")
    add_code(coder, "rel")
    here = {"text": text_of(talks), "start": "9", "stop": "23"}
    press(coder, desk, act="add", codes="1", **here)
    assert "Suggested as a quotation" in press(coder, desk, act="quote", segment="1")
    assert "Nobody has approved it." in shown(coder, page)
    own = {"words": "Läraren lyssnar.", "beside": "", "csrf_token": token(coder, page)}
    assert coder.post(f"{page}/1/approve", data=own).status_code == 403
    assert coder.post(f"{page}/1", data=own | {"act": "save"}).status_code == 302
    assert 'As it was said: <q dir="auto">Hon &lt;lyssnar&gt;.</q>' in shown(coder, page)
    own["csrf_token"] = token(chief, page)
    answer = chief.post(f"{page}/1/approve", data=own | {"beside": "role"})
    assert answer.status_code == 422
    assert "It cannot be approved. Fewer than five interviews" in answer.text
    assert chief.post(f"{page}/1/approve", data=own).status_code == 302
    assert f"Approved by {boss}" in shown(coder, page)
    assert "Download 1 approved quotation" in shown(chief, page)
    with chief.get("/rounds/talks/answers.quotes") as got:
        assert "talks-quotes.xlsx" in got.headers["Content-Disposition"]
    own["csrf_token"] = token(coder, page)
    assert coder.post(f"{page}/1", data=own | {"act": "remove"}).status_code == 302
    assert "Nothing is suggested yet." in shown(coder, page)
