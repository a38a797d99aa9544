"""Coded passages: where they stand, and that they never stand on other words."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from survey_app.actions.coding import segments, texts
from survey_app.actions.coding.errors import (
    InterviewNotThere,
    NoCodeChosen,
    NothingChosen,
    PassageTaken,
    SegmentUnknown,
    TextChanged,
)
from survey_app.actions.coding.segments import Chosen, Given
from survey_app.actions.coding.spans import Span
from survey_app.actions.interviews import consents
from survey_app.actions.interviews.answering import Sent, save
from survey_app.actions.interviews.errors import NamesSomebody
from survey_app.store.coding import CodedInterview, Segment, SegmentCode, Valence
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase
from tests.survey_app.actions.coding.coded import (
    CODER,
    Coded,
    correct,
    make_coded,
    standing,
    versions,
)
from tests.survey_app.actions.interviews.people import ADULT, ANNA, make_case, make_interview
from tests.survey_app.actions.interviews.test_consents import found_in

SECRET = "Det hemligaste som någon skrev om strandskator"


def interview(of: Coded, **notes: str) -> InterviewCase:
    """Hold an interview."""
    return make_interview(of.of, notes)


def text_id(case: InterviewCase) -> int:
    """Give the number of an interview's first note."""
    return texts.notes_of(case)[0].text.id


def test_a_passage_has_codes_valence_and_memo(context) -> None:
    """In characters, whatever letters there are; room at its ends is left out."""
    of = make_coded()
    case = interview(of, fore="😀 Hon lyssnar. Alltid.")
    given = Given(frozenset({of.codes["rel"], of.codes["eff"]}), Valence.POSITIVE, "Fin.")
    made = segments.add(of.of, Chosen(text_id(case), Span(1, 15)), given, CODER)
    (segment,) = texts.notes_of(case)[0].segments
    assert (segment.id, segment.words) == (made, "Hon lyssnar.")
    assert (segment.codes, segment.valence, segment.memo) == (given.codes, "1", "Fin.")
    segments.change(of.of, made, Given(frozenset({of.codes["eff"]})), CODER)
    assert (set(segment.codes), segment.valence) == ({of.codes["eff"]}, "")
    segments.remove(of.of, made, CODER)
    assert db.session.scalar(select(func.count()).select_from(SegmentCode)) == 0


def test_the_same_passage_is_there_once(context) -> None:
    """Codes given again are added to it; a valence and a memo stay until others are given."""
    of = make_coded()
    text = text_id(interview(of, fore="Hon lyssnar."))
    rel, eff = (frozenset({of.codes[name]}) for name in ("rel", "eff"))
    for given in (Given(rel, Valence.POSITIVE, "Fin."), Given(eff)):
        segments.add(of.of, Chosen(text, Span(0, 12)), given, CODER)
    segment = db.session.query(Segment).one()
    assert (segment.codes, segment.valence, segment.memo) == (rel | eff, "1", "Fin.")
    segments.add(of.of, Chosen(text, Span(0, 12)), Given(eff, Valence.NEGATIVE, "Ny."), CODER)
    assert (segment.valence, segment.memo) == ("-1", "Ny.")


def test_a_passage_lies_in_the_note_has_a_code_and_names_nobody(context) -> None:
    """It is not nothing but room; a memo is kept as long as the note is."""
    of = make_coded()
    text, some = text_id(interview(of, fore="Hon lyssnar.")), Given(frozenset({of.codes["rel"]}))
    for span in ((0, 0), (5, 3), (0, 13), (0, 99), (-1, 3), (3, 4), (98, 99)):
        with pytest.raises(NothingChosen):
            segments.add(of.of, Chosen(text, Span(*span)), some, CODER)
    with pytest.raises(NoCodeChosen):
        segments.add(of.of, Chosen(text, Span(0, 3)), Given(frozenset()), CODER)
    given = Given(frozenset({of.codes["rel"]}), memo="070-123 45 67")
    with pytest.raises(NamesSomebody):
        segments.add(of.of, Chosen(text, Span(0, 3)), given, CODER)


def test_an_interview_that_goes_on_is_not_coded(context) -> None:
    """Its notes may still change with every sentence."""
    of = make_coded()
    draft = make_case(of.of)
    consents.record(draft, ADULT, ANNA)
    save(draft, Sent(0, {"takes": "1", "fore": "Så."}), ANNA)
    assert texts.waiting_in(of.of, CODER) == []
    with pytest.raises(InterviewNotThere):
        texts.find_case(of.of, draft.code, CODER)


def test_codes_stay_where_the_words_are_unchanged(context) -> None:
    """They are moved to the corrected note, and the old one, which held a name, is erased."""
    of = make_coded()
    case = interview(of, fore="Kim var sjuk. Hon lyssnar.")
    segment = of.give(case, "Hon lyssnar.", "rel")
    texts.mark(case, CODER, is_coded=True)
    correct(case, fore="Eleven var sjuk. Hon lyssnar.")
    assert standing(segment) == ("Hon lyssnar.", 2)
    assert versions() == [("fore", 2)]
    assert db.session.get_one(Segment, segment).carried_from == 1
    assert db.session.scalar(select(func.count()).select_from(CodedInterview)) == 0
    segments.keep(of.of, segment, CODER)
    assert db.session.get_one(Segment, segment).carried_from is None
    correct(case, fore="Flickan var sjuk. Hon lyssnar.")
    assert db.session.get_one(Segment, segment).carried_from == 2
    segments.place(of.of, segment, Chosen(text_id(case), Span(0, 17)), CODER)
    assert db.session.get_one(Segment, segment).carried_from is None


def test_codes_never_drift_onto_other_words(context) -> None:
    """They stay in the old version, which is kept for them, until somebody decides."""
    of = make_coded()
    case = interview(of, fore="Kim var sjuk.", nu="Bra.")
    segment = of.give(case, "Kim var sjuk.", "eff")
    correct(case, fore="Eleven var sjuk.", nu="Bra.")
    correct(case, fore="Eleven var mycket sjuk.", nu="Bra.")
    assert standing(segment) == ("Kim var sjuk.", 1)
    assert versions() == [("fore", 1), ("fore", 3), ("nu", 1)]
    assert [each.id for each in texts.unsettled_in(case)] == [segment]
    assert [len(each.segments) for each in texts.notes_of(case)] == [0, 0]
    (waiting,) = texts.waiting_in(of.of, CODER)
    assert (waiting.segments, waiting.unsettled) == (1, 1)
    here = texts.notes_of(case)[0].text.id
    segments.place(of.of, segment, Chosen(here, Span(0, 23)), CODER)
    assert standing(segment) == ("Eleven var mycket sjuk.", 3)
    assert versions() == [("fore", 3), ("nu", 1)]


def test_a_note_that_is_taken_away_leaves_its_codes_to_be_decided_about(context) -> None:
    """When they are removed nothing of the note is left."""
    of = make_coded()
    case = interview(of, fore="Kim var sjuk.", nu="Bra.")
    segment = of.give(case, "Kim var sjuk.", "eff")
    correct(case, nu="Bra.")
    assert versions() == [("fore", 1), ("fore", 2), ("nu", 1)]
    assert [each.id for each in texts.unsettled_in(case)] == [segment]
    segments.remove(of.of, segment, CODER)
    assert versions() == [("nu", 1)]


def test_an_old_version_takes_no_new_codes(context) -> None:
    """A page that was open while the note was corrected does no harm."""
    of = make_coded()
    case = interview(of, fore="Kim var sjuk.")
    old, given = text_id(case), Given(frozenset({of.codes["rel"]}))
    of.give(case, "Kim var sjuk.", "eff")
    correct(case, fore="Eleven var sjuk.")
    with pytest.raises(TextChanged):
        segments.add(of.of, Chosen(old, Span(0, 3)), given, CODER)
    now = text_id(case)
    with pytest.raises(TextChanged):
        segments.add(of.of, Chosen(now, Span(0, 6), "Kim var"), given, CODER)
    with pytest.raises(TextChanged):
        segments.add(of.of, Chosen(9_999, Span(0, 3)), given, CODER)


def test_codes_are_not_put_where_others_are_nor_in_another_interview(context) -> None:
    """One passage would lose its codes, or somebody else would have said it."""
    of = make_coded()
    case, other = interview(of, fore="Kim. Bra."), interview(of, fore="Bra.")
    one, two = of.give(case, "Kim.", "rel"), of.give(case, "Bra.", "eff")
    with pytest.raises(PassageTaken):
        segments.place(of.of, one, Chosen(text_id(case), Span(5, 9)), CODER)
    with pytest.raises(NothingChosen):
        segments.place(of.of, two, Chosen(text_id(other), Span(0, 4)), CODER)
    with pytest.raises(SegmentUnknown):
        segments.remove(of.of, 9_999, CODER)


def test_a_withdrawal_erases_codes_and_memos(app) -> None:
    """From the files too."""
    with app.app_context():
        of = make_coded()
        case = interview(of, fore="Kim var sjuk.")
        given = Given(frozenset({of.codes["rel"]}), memo=SECRET)
        segments.add(of.of, Chosen(text_id(case), Span(0, 3)), given, CODER)
        correct(case, fore="Eleven var sjuk.")
        assert versions() == [("fore", 1), ("fore", 2)]
        assert found_in(app, SECRET)
        consents.withdraw(case, ANNA)
        assert versions() == []
        for table in (Segment, SegmentCode):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0
        assert not found_in(app, SECRET)
        assert not found_in(app, "Kim var sjuk.")
