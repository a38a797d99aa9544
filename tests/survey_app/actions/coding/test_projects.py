"""Coded interviews as REFI-QDA files: what is in them, and who took them."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask_babel import force_locale
from lxml import etree

from survey_app.actions import extracts, rounds
from survey_app.actions.coding import schemes, texts
from survey_app.actions.coding.errors import CodesMissing, OnlyInterviews, SchemeMissing
from survey_app.store.coding import Segment, Valence
from survey_app.store.database import db, writing
from tests.exports.qda import refi
from tests.factories import make_round
from tests.survey_app.actions.coding.coded import CODER, make_coded
from tests.survey_app.actions.interviews.people import make_interview, make_talks

BOSS = "boss@demo.example"


def taken(file_format: str) -> bytes:
    """Take a file of the round."""
    target = BytesIO()
    with force_locale("en"):
        extracts.take_round(rounds.find("talks"), file_format, target, BOSS)
    return target.read()


def test_a_project_has_the_notes_their_codes_and_what_is_known_of_the_case(context) -> None:
    """The passage is where it was coded, and the valence has a code of its own."""
    of = make_coded()
    case = make_interview(of.of, {"fore": "Ett.\nTvå.", "nu": "Så."})
    made = of.give(case, "Två.", "rel_tillit", "eff")
    texts.mark(case, CODER, is_coded=True)
    with writing():
        db.session.get_one(Segment, made).valence = Valence.MIXED
    file = taken("qdpx")
    root, _ = refi.opened(file)
    assert [*refi.misfits(root, refi.PROJECT), *refi.dangling(root)] == []
    (found,) = refi.passages(file)
    assert (found.source, found.words) == (f"{case.code} fore", "Två.")
    assert set(found.codes) == {"Rel_tillit", "Eff", "Valence: mixed"}
    assert found.coder == "Coder 1"
    (known,) = root.iter("{*}Case")
    assert known.get("name") == case.code
    assert sorted(each.text or "" for each in known.iter("{*}TextValue")) == ["0", "personal"]
    (entry,) = extracts.listing()
    assert (entry.actor, entry.subject, entry.file_format) == (BOSS, "talks", "qdpx")
    assert entry.responses == 1


def test_a_codebook_has_the_codes_and_nothing_that_was_said(context) -> None:
    """A coder may have it: it is about nobody."""
    of = make_coded()
    make_interview(of.of, {"fore": "Ett."})
    content = taken("qdc")
    root = etree.fromstring(content)
    assert [*refi.misfits(root, refi.CODEBOOK), *refi.dangling(root)] == []
    assert {each.get("name") for each in root.iter("{*}Code")} == {
        "Rel", "Rel_tillit", "Rel_byte", "Eff",
    }  # fmt: skip
    assert b"Ett." not in content
    assert extracts.listing()[0].responses == 0


def test_what_cannot_be_written_is_said(context) -> None:
    """No scheme, no codes, no interviews."""
    make_talks()
    for file_format in ("qdpx", "qdc"):
        with pytest.raises(SchemeMissing):
            taken(file_format)
    schemes.use(rounds.find("talks"), schemes.begin("Elever", CODER))
    with pytest.raises(CodesMissing):
        taken("qdc")
    make_round("autumn")
    with pytest.raises(OnlyInterviews):
        extracts.take_round(rounds.find("autumn"), "qdpx", BytesIO(), BOSS)
    with pytest.raises(OnlyInterviews):
        extracts.take_instrument("talk", "qdpx", BytesIO(), BOSS)
    assert extracts.listing() == []
