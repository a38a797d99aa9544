"""Quotations: nothing leaves that nobody has approved, and nothing stays that was corrected."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import text

from survey_app.actions import accounts, extracts, rounds, trail
from survey_app.actions.coding import doubling, quoting, regrouping, texts
from survey_app.actions.coding.doubling import Plan
from survey_app.actions.coding.errors import QuotationRefused, QuotationUnknown, SegmentUnknown
from survey_app.actions.interviews import consents
from survey_app.actions.interviews.errors import NamesSomebody
from survey_app.store.coding import Code
from survey_app.store.database import db
from survey_app.store.doubling import UnitKind
from survey_app.store.interviews import InterviewCase
from tests.survey_app.actions.coding.coded import CODER, Coded, correct, make_coded
from tests.survey_app.actions.interviews.people import make_interview

BOSS = "boss@demo.example"


@pytest.fixture
def quoted(context) -> tuple[Coded, InterviewCase]:
    """Give a round with one interview of which a passage is suggested."""
    of = make_coded()
    case = make_interview(of.of, {"fore": "Hon såg mig. Kim kom."})
    quoting.suggest(of.of, of.give(case, "Hon såg mig.", "rel_tillit"), CODER)
    return of, case


def only(of: Coded) -> quoting.Listed:
    """Give the one quotation."""
    (found,) = quoting.listed_in(rounds.find(of.of.name))
    return found


def approve(of: Coded, words: str, beside: str = "") -> None:
    """Approve the one quotation as it stands in a form."""
    quoting.approve(rounds.find("talks"), only(of).quotation.id, words, beside, BOSS)


def printed() -> list[tuple[object, ...]]:
    """Take the file of quotations, and give its rows."""
    target = BytesIO()
    extracts.take_round(rounds.find("talks"), "quotes", target, BOSS)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    rows = list(sheet.iter_rows(min_row=5, max_col=3, values_only=True))
    return [row for row in rows if row[1]]


def test_a_quotation_leaves_when_it_is_approved_as_it_stands(quoted) -> None:
    """Who and when is on record, and no word; another wording has to be approved anew."""
    of, _ = quoted
    assert printed() == []
    approve(of, "Hon såg mig.")
    assert printed() == [("Rel_tillit", "Hon såg mig.", None)]
    assert extracts.listing()[0].file_format == "quotes"
    found = only(of).quotation
    assert (found.approved_by, found.approved_at is not None) == (BOSS, True)
    (entry,) = trail.of_subject("quotations:talks")
    assert (entry.actor, entry.action) == (BOSS, "quotation.approve")
    assert "såg" not in entry.details
    quoting.reword(rounds.find("talks"), found.id, "Hon såg [eleven].", "", CODER)
    assert printed() == []
    assert only(of).quotation.approved_by is None


def test_what_stands_beside_it_is_shared_by_five(quoted) -> None:
    """A role that four have would point at one of them."""
    of, _ = quoted
    for number in (2, 3, 4):
        make_interview(of.of, {"fore": f"Nummer {number}."})
    with pytest.raises(QuotationRefused):
        approve(of, "Hon såg mig.", "role")
    assert only(of).quotation.approved_by is None
    make_interview(of.of, {"fore": "Nummer 5."})
    approve(of, "Hon såg mig.", "role")
    assert only(of).fact == "personal"
    assert [row[:2] for row in printed()] == [("Rel_tillit", "Hon såg mig.")]


def test_no_quotation_names_anybody(quoted) -> None:
    """Nor has no words."""
    of, _ = quoted
    with pytest.raises(NamesSomebody):
        approve(of, "Ring 070-123 45 67")
    with pytest.raises(QuotationRefused):
        approve(of, "")
    with pytest.raises(NamesSomebody):
        quoting.reword(of.of, only(of).quotation.id, "811218-9876", "", CODER)
    assert only(of).quotation.words == "Hon såg mig."


def test_a_corrected_note_takes_the_quotation_along_or_away(quoted) -> None:
    """What was corrected may have been a name, which no list may keep."""
    of, case = quoted
    approve(of, "Hon såg mig.")
    correct(case, fore="Hon såg mig. Eleven kom.")
    assert printed() == [("Rel_tillit", "Hon såg mig.", None)]
    correct(case, fore="Läraren såg mig. Eleven kom.")
    assert quoting.listed_in(rounds.find("talks")) == []


def test_a_withdrawal_erases_it(quoted) -> None:
    """Approved or not; the trail of approvals has no words."""
    of, case = quoted
    approve(of, "Hon såg mig.")
    consents.withdraw(case, BOSS)
    assert printed() == []
    assert db.session.execute(text("SELECT count(*) FROM quotation")).scalar() == 0


def test_codes_that_are_merged_and_passages_that_are_gone(quoted) -> None:
    """The quotation is one of the other code then; a passage is suggested once."""
    of, case = quoted
    again = of.give(case, "Hon såg mig.", "eff")
    quoting.suggest(of.of, again, CODER)
    only(of)
    regrouping.merge(db.session.get_one(Code, of.codes["rel_tillit"]), of.codes["eff"], CODER)
    code = only(of).quotation.code
    assert code
    assert code.name == "eff"
    with pytest.raises(SegmentUnknown):
        quoting.suggest(rounds.find("talks"), 99, CODER)
    quoting.remove(rounds.find("talks"), only(of).quotation.id, CODER)
    with pytest.raises(QuotationUnknown):
        quoting.remove(rounds.find("talks"), 1, CODER)


def test_a_second_coder_sees_no_quotation_of_the_units(quoted) -> None:
    """It has the code that the first coder gave."""
    of, case = quoted
    second = "second@demo.example"
    accounts.create(second, ["coder"])
    texts.mark(case, CODER, is_coded=True)
    doubling.begin(of.of, Plan(UnitKind.PARAGRAPH, 100, second, seed=1), CODER)
    talks = rounds.find("talks")
    assert quoting.listed_in(talks, second) == []
    assert len(quoting.listed_in(talks, CODER)) == 1
    with pytest.raises(QuotationUnknown):
        quoting.remove(talks, only(of).quotation.id, second)
