"""Schemes of codes: names that a file can carry, a tree without rings, a history of everything."""

from __future__ import annotations

import pytest

from survey_app.actions.coding import regrouping, schemes
from survey_app.actions.coding.errors import (
    CodeBelowItself,
    CodeInUse,
    CodeNameInvalid,
    CodeNameTaken,
    CodeOfSchemeUnknown,
    SameCode,
    SchemeInUse,
    SchemeTaken,
)
from survey_app.actions.coding.history import history
from survey_app.actions.coding.schemes import Wording
from survey_app.actions.interviews.errors import NamesSomebody
from survey_app.store.coding import Code, Segment
from survey_app.store.database import db
from tests.survey_app.actions.coding.coded import CODER, Coded, make_coded
from tests.survey_app.actions.interviews.people import make_interview


def code(of: Coded, name: str) -> Code:
    """Give a code."""
    return schemes.find_code(of.scheme, of.codes[name])


def names_of(segment_id: int) -> set[str]:
    """Give the names of a passage's codes."""
    ids = db.session.get_one(Segment, segment_id).codes
    return {db.session.get_one(Code, each).name for each in ids}


def test_codes_are_a_tree_in_the_order_they_came(context) -> None:
    """A colour holds for what stands below."""
    of = make_coded()
    schemes.change(code(of, "rel"), Wording("rel", "Relation", colour=3), CODER)
    found = [(n.code.name, n.depth, n.colour, n.path) for n in schemes.tree(of.scheme)]
    assert found == [
        ("rel", 0, 3, ("Relation",)),
        ("rel_tillit", 1, 3, ("Relation", "Rel_tillit")),
        ("rel_byte", 1, 3, ("Relation", "Rel_byte")),
        ("eff", 0, 0, ("Eff",)),
    ]


def test_a_name_is_one_that_a_file_can_carry(context) -> None:
    """SPSS and R take it as it is, once; and a definition holds nothing that leads to a person."""
    of = make_coded()
    for name in ("", "Rel", "rel-tillit", "1rel", "målen", "x" * 25, "rel tillit"):
        with pytest.raises(CodeNameInvalid):
            schemes.add(of.scheme, Wording(name, "X"), CODER)
    with pytest.raises(CodeNameTaken):
        schemes.add(of.scheme, Wording("eff", "X"), CODER)
    with pytest.raises(CodeNameTaken):
        schemes.change(code(of, "rel"), Wording("eff", "X"), CODER)
    with pytest.raises(NamesSomebody):
        schemes.add(of.scheme, Wording("x", "X", example="Ring 070-123 45 67"), CODER)
    with pytest.raises(SchemeTaken):
        schemes.begin("Elever", CODER)


def test_no_code_stands_under_itself(context) -> None:
    """The tree has no rings, whoever tries: neither by moving nor by merging."""
    of = make_coded()
    below = Wording("rel", "Rel", parent_id=of.codes["rel_tillit"])
    with pytest.raises(CodeBelowItself):
        schemes.change(code(of, "rel"), below, CODER)
    with pytest.raises(CodeBelowItself):
        regrouping.merge(code(of, "rel"), of.codes["rel_tillit"], CODER)
    with pytest.raises(SameCode):
        regrouping.merge(code(of, "rel"), of.codes["rel"], CODER)
    other = schemes.begin("Andra", CODER)
    with pytest.raises(CodeOfSchemeUnknown):
        schemes.add(schemes.find(other), Wording("x", "X", parent_id=of.codes["rel"]), CODER)


def test_renaming_keeps_passages_and_tells_how_many(context) -> None:
    """What was coded is found under the new name."""
    of = make_coded()
    case = make_interview(of.of, {"fore": "Hon lyssnar."})
    segment = of.give(case, "Hon lyssnar.", "rel_tillit")
    schemes.change(code(of, "rel_tillit"), Wording("rel_fortroende", "Förtroende"), CODER)
    assert names_of(segment) == {"rel_fortroende"}
    (newest, *_) = history(of.scheme)
    assert (newest.action, newest.by, newest.number) == ("rename", CODER, of.scheme.revision)
    assert newest.details["before"] == "rel_tillit"
    assert newest.details["segments"] == 1


def test_merging_moves_passages_and_what_stands_below(context) -> None:
    """A passage that had both has one; the history keeps the code that is gone."""
    of = make_coded("rel_byte_x")
    case = make_interview(of.of, {"fore": "Hon lyssnar.", "nu": "Han slutade."})
    both = of.give(case, "Hon lyssnar.", "rel_tillit", "rel_byte")
    one = of.give(case, "Han slutade.", "rel_byte")
    under = schemes.add(of.scheme, Wording("x", "X", parent_id=of.codes["rel_byte"]), CODER)
    regrouping.merge(code(of, "rel_byte"), of.codes["rel_tillit"], CODER)
    assert (names_of(both), names_of(one)) == ({"rel_tillit"}, {"rel_tillit"})
    assert db.session.get_one(Code, under).parent_id == of.codes["rel_tillit"]
    newest, before, *_ = history(of.scheme)
    assert newest.details == {"code": "rel_byte", "into": "rel_tillit", "segments": 2}
    assert "rel_byte" in {each["name"] for each in before.codes}
    assert "rel_byte" not in {each["name"] for each in newest.codes}


def test_splitting_moves_the_passages_that_were_chosen(context) -> None:
    """The others stay, and some have both."""
    of = make_coded()
    case = make_interview(of.of, {"fore": "Ett. Två. Tre."})
    stays, moves, both = (of.give(case, words, "eff") for words in ("Ett.", "Två.", "Tre."))
    goes = {moves: "moves", both: "both"}
    regrouping.split(code(of, "eff"), Wording("eff_narvaro", "Närvaro"), goes, CODER)
    found = [names_of(each) for each in (stays, moves, both)]
    assert found == [{"eff"}, {"eff_narvaro"}, {"eff", "eff_narvaro"}]
    (newest, *_) = history(of.scheme)
    assert newest.details == {"code": "eff", "new": "eff_narvaro", "moved": 1, "both": 1}


def test_what_is_used_is_not_removed(context) -> None:
    """Nor is a code with others below it; its coder merges it."""
    of = make_coded()
    case = make_interview(of.of, {"fore": "Hon lyssnar."})
    of.give(case, "Hon lyssnar.", "eff")
    for name in ("eff", "rel"):
        with pytest.raises(CodeInUse):
            schemes.remove(code(of, name), CODER)
    schemes.remove(code(of, "rel_byte"), CODER)
    assert [each.name for each in schemes.codes_of(of.scheme)] == ["rel", "rel_tillit", "eff"]


def test_a_coded_round_keeps_its_scheme(context) -> None:
    """Codes of another one would mean something else."""
    of = make_coded()
    other = schemes.begin("Andra", CODER)
    schemes.use(of.of, other)
    schemes.use(of.of, of.scheme.id)
    of.give(make_interview(of.of, {"fore": "Hon lyssnar."}), "Hon lyssnar.", "eff")
    with pytest.raises(SchemeInUse):
        schemes.use(of.of, other)
    schemes.use(of.of, of.scheme.id)
