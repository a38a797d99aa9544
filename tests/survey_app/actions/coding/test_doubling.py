"""Double coding: units that are fixed, a second coder, agreement worked out by hand, decisions."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from survey_app.actions import accounts, rounds, trail
from survey_app.actions.coding import comparing, deciding, doubling, regrouping, schemes, texts
from survey_app.actions.coding.deciding import Verdict
from survey_app.actions.coding.double_errors import (
    DecisionUnexplained,
    DoubleUnderWay,
    DoubleUnknown,
    NoDisagreement,
    NotFinished,
    SecondUnfit,
    UnitsLeft,
    UnitsMissing,
)
from survey_app.actions.coding.doubling import Plan
from survey_app.actions.coding.errors import CodeInUse, InterviewNotThere
from survey_app.actions.coding.schemes import Wording
from survey_app.actions.interviews import consents
from survey_app.actions.interviews.errors import NamesSomebody
from survey_app.store.coding import Code
from survey_app.store.database import db
from survey_app.store.doubling import Decision, DoubleCode, DoubleCoding, DoubleUnit, UnitKind
from survey_app.store.interviews import InterviewCase
from tests.survey_app.actions.coding.coded import CODER, Coded, correct, make_coded
from tests.survey_app.actions.interviews.people import ANNA, make_interview

SECOND, BOSS = "second@demo.example", "boss@demo.example"
# Four paragraphs; the first coder gives rel to 1 and 2, eff to 3; the second rel to 1, eff to 2, 3.
SAID = "Ett.\nTvå.\nTre.\nFyra."


@pytest.fixture
def coded(context) -> tuple[Coded, InterviewCase]:
    """Give a round with an interview of four paragraphs that is coded."""
    of = make_coded()
    accounts.create(SECOND, ["coder"])
    accounts.create(BOSS, ["coder", "coordinator"])
    case = make_interview(of.of, {"fore": SAID})
    of.give(case, "Ett.\nTvå.", "rel")
    of.give(case, "Tre.", "eff")
    texts.mark(case, CODER, is_coded=True)
    return of, case


def begin(of: Coded, share: int = 100, kind: UnitKind = UnitKind.PARAGRAPH) -> DoubleCoding:
    """Fix units and draw them with a known seed."""
    made = doubling.begin(rounds.find("talks"), Plan(kind, share, SECOND, seed=7), CODER)
    return doubling.find(rounds.find("talks"), made)


def unit(of: DoubleCoding, words: str) -> int:
    """Give the number of a unit."""
    return next(each.id for each in doubling.units_of(of) if each.words == words)


def code_twice(of: Coded) -> DoubleCoding:
    """Let the second coder go through all units and finish."""
    double = begin(of)
    for words, names in {"Ett.": ["rel"], "Två.": ["eff"], "Tre.": ["eff"], "Fyra.": []}.items():
        doubling.give(double, unit(double, words), [of.codes[name] for name in names])
    doubling.finish(double)
    return doubling.find(rounds.find("talks"), double.id)


def test_units_are_fixed_with_what_the_first_coder_gave(coded) -> None:
    """A passage over two paragraphs counts in both; later passages change nothing."""
    of, case = coded
    double = begin(of)
    of.give(case, "Fyra.", "rel")
    given = {each.words: each.codes(of_second=False) for each in doubling.units_of(double)}
    rel, eff = of.codes["rel"], of.codes["eff"]
    assert given == {"Ett.": {rel}, "Två.": {rel}, "Tre.": {eff}, "Fyra.": set()}
    assert (double.seed, double.share, double.scheme_revision) == (7, 100, of.scheme.revision)
    passages = begin(of, kind=UnitKind.PASSAGE)
    assert {each.words for each in doubling.units_of(passages)} == {"Ett.\nTvå.", "Tre.", "Fyra."}


def test_one_seed_draws_the_same_share_in_the_same_order() -> None:
    """Whoever checks can draw again; a share of few is one at least."""
    frame = list(range(50))
    assert doubling.drawn(frame, 20, 7) == doubling.drawn(frame, 20, 7)
    assert doubling.drawn(frame, 20, 7) != doubling.drawn(frame, 20, 8)
    found = doubling.drawn(frame, 20, 7)
    assert (len(found), len(set(found)), found == sorted(found)) == (10, 10, False)
    assert len(doubling.drawn([1, 2, 3], 1, 7)) == 1


def test_the_second_coder_has_seen_nothing(coded) -> None:
    """Neither somebody who coded, nor somebody who can download what was coded."""
    of, case = coded
    assert doubling.second_coders(of.of) == [SECOND]
    for account in (BOSS, CODER, ANNA):
        with pytest.raises(SecondUnfit):
            doubling.begin(of.of, Plan(UnitKind.PARAGRAPH, 20, account), CODER)
    texts.mark(case, CODER, is_coded=False)
    with pytest.raises(UnitsMissing):
        begin(of)
    of.give(case, "Fyra.", "rel", by=SECOND)
    assert doubling.second_coders(rounds.find("talks")) == []


def test_the_second_coder_sees_no_interview_of_the_units(coded) -> None:
    """Until it is finished; the first coder does as before."""
    of, case = coded
    double = begin(of)
    assert texts.waiting_in(of.of, SECOND) == []
    assert texts.search(of.of, "Ett", SECOND) == []
    assert texts.answers_to(of.of, "fore", SECOND, 1) == ([], 0)
    with pytest.raises(InterviewNotThere):
        texts.find_case(of.of, case.code, SECOND)
    assert len(texts.waiting_in(of.of, CODER)) == 1
    for look in (comparing.compare, deciding.disagreements):
        with pytest.raises(NotFinished):
            look(double)
    with pytest.raises(DoubleUnknown):
        doubling.find_own(of.of, double.id, CODER)
    for each in doubling.units_of(double):
        doubling.give(double, each.id, [])
    doubling.finish(double)
    assert len(texts.waiting_in(of.of, SECOND)) == 1


def test_agreement_is_what_comes_out_by_hand(coded) -> None:
    """Kappa of rel: a=1 b=1 c=0 d=2, p_o .75, p_e .5; the same for eff: both 0.5."""
    of, _ = coded
    with pytest.raises(UnitsLeft):
        doubling.finish(begin(of))
    db.session.query(DoubleCoding).delete()
    db.session.commit()
    found = comparing.compare(code_twice(of))
    assert (found.units, found.same) == (4, 3)
    rel, eff = found.codes
    assert (rel.code, rel.units, rel.percent.value, rel.prevalence) == ("rel", 4, 75, 3 / 8)
    assert rel.kappa.value == pytest.approx(0.5)
    assert eff.kappa.value == pytest.approx(0.5)
    assert found.kappa == pytest.approx(0.5)
    assert list(found.unused) == ["rel_tillit", "rel_byte"]


def test_a_disagreement_is_decided_on_record(coded) -> None:
    """Who, when, what and why; agreement itself stays what it was."""
    of, _ = coded
    double = code_twice(of)
    found = [(d.unit.words, d.code.name, d.about.by_first) for d in deciding.disagreements(double)]
    assert found == [("Två.", "rel", True), ("Två.", "eff", False)]
    two, rel = unit(double, "Två."), of.codes["rel"]
    deciding.decide(double, two, rel, Verdict(False, "Se definitionen."), CODER)
    deciding.decide(double, two, rel, Verdict(True, "Ändå."), BOSS)
    decision = deciding.disagreements(double)[0].decision
    assert decision
    assert (decision.is_there, decision.reason, decision.by) == (True, "Ändå.", BOSS)
    entries = trail.of_subject(f"double:{double.id}")
    assert [(each.actor, '"there": [false, true]' in each.details) for each in entries] == [
        (BOSS, True),
        (CODER, False),
    ]
    assert "Ändå" not in "".join(each.details for each in entries)
    assert comparing.compare(double).same == 3
    for reason, error in (("", DecisionUnexplained), ("070-123 45 67", NamesSomebody)):
        with pytest.raises(error):
            deciding.decide(double, two, rel, Verdict(True, reason), CODER)
    with pytest.raises(NoDisagreement):
        deciding.decide(double, unit(double, "Ett."), rel, Verdict(True, "x"), CODER)


def test_codes_are_not_pulled_away_while_somebody_codes_by_them(coded) -> None:
    """Afterwards what was compared follows a merge, and a code that was compared is not removed."""
    of, _ = coded
    double = begin(of)
    rel, eff = (db.session.get_one(Code, of.codes[name]) for name in ("rel", "eff"))
    with pytest.raises(DoubleUnderWay):
        regrouping.merge(eff, rel.id, CODER)
    for each in doubling.units_of(double):
        doubling.give(double, each.id, [of.codes["rel_byte"]])
    doubling.finish(double)
    with pytest.raises(CodeInUse):
        schemes.remove(db.session.get_one(Code, of.codes["rel_byte"]), CODER)
    regrouping.merge(db.session.get_one(Code, of.codes["rel_byte"]), of.codes["rel"], CODER)
    double = doubling.find(rounds.find("talks"), double.id)
    assert {each.codes(of_second=True) for each in doubling.units_of(double)} == {
        frozenset({of.codes["rel"]})
    }


def test_a_corrected_note_takes_its_units_along_or_away(coded) -> None:
    """A unit whose words changed cannot be compared; the list says how many."""
    of, case = coded
    double = begin(of)
    correct(case, fore=SAID.replace("Tre", "Tretton"))
    left = [each.words for each in doubling.units_of(double)]
    assert sorted(left) == ["Ett.", "Fyra.", "Två."]
    assert doubling.find(rounds.find("talks"), double.id).dropped == 1
    assert {each.text.number for each in doubling.units_of(double)} == {2}


def test_what_was_compared_is_counted_anew_when_it_changes(coded) -> None:
    """It is kept, for it takes a while: until a note is corrected, or a code has another name."""
    of, case = coded
    double = code_twice(of)
    found = comparing.compare(double)
    assert comparing.compare(double) is found
    correct(case, fore=SAID.replace("Tre", "Tretton"))
    double = doubling.find(rounds.find("talks"), double.id)
    assert comparing.compare(double).units == 3
    assert {each.code for each in comparing.compare(double).codes} == {"rel", "eff"}
    renamed = Wording("effekt", "Effekt")
    schemes.change(db.session.get_one(Code, of.codes["eff"]), renamed, CODER)
    assert {each.code for each in comparing.compare(double).codes} == {"rel", "effekt"}


def test_a_withdrawal_takes_units_codes_and_decisions(coded) -> None:
    """With the reasons that were written."""
    of, case = coded
    double = code_twice(of)
    deciding.decide(double, unit(double, "Två."), of.codes["rel"], Verdict(True, "Ja."), CODER)
    consents.withdraw(case, ANNA)
    for table in (DoubleUnit, DoubleCode, Decision):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
