"""How units are spoken of: copied from the first coder, compared, settled, and kept by a merge."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from survey_app.actions import rounds, trail
from survey_app.actions.coding import comparing, deciding, doubling, regrouping
from survey_app.actions.coding.deciding import Verdict
from survey_app.actions.coding.double_errors import NoDisagreement
from survey_app.store.coding import Code, Valence
from survey_app.store.database import db
from survey_app.store.doubling import Decision, DoubleCoding
from survey_app.store.interviews import InterviewCase
from tests.survey_app.actions.coding.coded import CODER, Coded
from tests.survey_app.actions.coding.test_doubling import BOSS, begin, coded, unit

__all__ = ["coded"]


def test_the_first_coders_valence_is_copied_with_the_code(coded) -> None:
    """A paragraph of which passages speak differently is mixed; one that says nothing is left."""
    of, case = coded
    of.give(case, "Ett.", "eff", valence="1")
    of.give(case, "Ett", "eff", valence="-1")
    of.give(case, "Tre", "eff", valence="0")
    units = {each.words: each for each in doubling.units_of(begin(of))}
    rel, eff = of.codes["rel"], of.codes["eff"]
    assert units["Ett."].valences(of_second=False) == {rel: "", eff: "mixed"}
    assert units["Tre."].valences(of_second=False) == {eff: "0"}


def spoken_twice(of: Coded, case: InterviewCase) -> DoubleCoding:
    """Let both speak of rel in four paragraphs: +/+, +/-, ±/+ and nothing/-."""
    for words, valence in {"Ett": "1", "Två": "1", "Tre": "mixed", "Fyra": ""}.items():
        of.give(case, words, "rel", valence=valence)
    double, rel = begin(of), of.codes["rel"]
    for words, valence in {"Ett.": "1", "Två.": "-1", "Tre.": "1", "Fyra.": "-1"}.items():
        said = {rel: Valence(valence), of.codes["rel_byte"]: Valence.MIXED}
        doubling.give(double, unit(double, words), [rel], said)
    doubling.finish(double)
    return doubling.find(rounds.find("talks"), double.id)


def test_valences_are_compared_where_both_gave_one(coded) -> None:
    """By hand: pairs +/+ and +/-: observed 1 of 2 apart, by chance 1 of 2 too, so kappa is 0."""
    double = spoken_twice(*coded)
    (rel,) = comparing.compare(double).valences
    assert (rel.code, rel.units) == ("rel", 2)
    assert rel.linear.value == rel.quadratic.value == 0
    found = [(d.unit.words, d.code.name, d.about.first, d.about.second, d.about.is_of_valence)
             for d in deciding.disagreements(double)]  # fmt: skip
    assert sorted(found) == [
        ("Tre.", "eff", "", None, False),
        ("Tre.", "rel", "mixed", "1", True),
        ("Två.", "rel", "1", "-1", True),
    ]


def test_a_valence_is_decided_on_record(coded) -> None:
    """Only where the two differ in it, and only a valence."""
    of, case = coded
    double, rel = spoken_twice(of, case), of.codes["rel"]
    two, negative = unit(double, "Två."), Verdict(True, "Hör tonen.", Valence.NEGATIVE)
    deciding.decide(double, two, rel, negative, BOSS)
    kept = db.session.get_one(Decision, (two, rel))
    assert (kept.is_there, kept.valence, kept.by) == (True, "-1", BOSS)
    (entry,) = trail.of_subject(f"double:{double.id}")
    assert '"valence": [null, "-1"]' in entry.details
    for words, code, verdict in (
        ("Ett.", "rel", negative),
        ("Fyra.", "rel", negative),
        ("Tre.", "eff", negative),
        ("Två.", "rel", Verdict(False, "x")),
        ("Två.", "rel", Verdict(False, "x", Valence.NEGATIVE)),
        ("Två.", "rel", Verdict(True, "x", Valence.UNSAID)),
    ):
        with pytest.raises(NoDisagreement):
            deciding.decide(double, unit(double, words), of.codes[code], verdict, CODER)


def test_what_a_merge_makes_alike_is_decided_no_more(coded) -> None:
    """One gave eff, the other rel_byte: merged, they agree, and neither decision takes it away."""
    of, _ = coded
    double = begin(of)
    for words in ("Ett.", "Två.", "Tre.", "Fyra."):
        given = {of.codes["rel_byte"]: Valence.POSITIVE} if words == "Tre." else {}
        doubling.give(double, unit(double, words), given, given)
    doubling.finish(double)
    for name, words in (("eff", "Tre."), ("rel", "Två.")):
        no = Verdict(False, "Nej.")
        deciding.decide(double, unit(double, words), of.codes[name], no, CODER)
    double = doubling.find(rounds.find("talks"), double.id)
    assert comparing.compare(double).same == 1  # the fourth
    regrouping.merge(db.session.get_one(Code, of.codes["rel_byte"]), of.codes["eff"], CODER)
    double = doubling.find(rounds.find("talks"), double.id)
    assert db.session.scalars(select(Decision.unit_id)).all() == [unit(double, "Två.")]
    assert comparing.compare(double).same == 2  # the third and the fourth
    three = next(each for each in doubling.units_of(double) if each.words == "Tre.")
    assert three.valences(of_second=True) == {of.codes["eff"]: "1"}


def test_a_merge_joins_two_codes_of_one_unit(coded) -> None:
    """A unit that had both has one, spoken of in both ways; what they still differ in stays decided."""
    of, case = coded
    of.give(case, "Ett", "eff", valence="1")
    of.give(case, "Två", "rel", valence="-1")
    double, rel, eff = begin(of), of.codes["rel"], of.codes["eff"]
    said = {"Ett.": {rel: Valence.POSITIVE, eff: Valence.NEGATIVE}, "Två.": {eff: Valence.POSITIVE}}
    for words in ("Ett.", "Två.", "Tre.", "Fyra."):
        given = said.get(words, {})
        doubling.give(double, unit(double, words), given, given)
    doubling.finish(double)
    for words, code, is_there in (("Två.", rel, True), ("Två.", eff, False), ("Tre.", eff, True)):
        verdict = Verdict(is_there, "Ja.")
        deciding.decide(double, unit(double, words), code, verdict, CODER)
    negative = Verdict(True, "Hör tonen.", Valence.NEGATIVE)
    deciding.decide(double, unit(double, "Ett."), eff, negative, CODER)
    regrouping.merge(db.session.get_one(Code, rel), eff, CODER)
    double = doubling.find(rounds.find("talks"), double.id)
    units = {each.words: each for each in doubling.units_of(double)}
    assert units["Ett."].valences(of_second=False) == {eff: "1"}
    assert units["Ett."].valences(of_second=True) == {eff: "mixed"}
    assert units["Två."].valences(of_second=False) == {eff: "-1"}
    assert units["Två."].valences(of_second=True) == {eff: "1"}
    kept = {(each.unit_id, each.code_id) for each in db.session.scalars(select(Decision))}
    assert kept == {(units[words].id, eff) for words in ("Ett.", "Tre.")}
