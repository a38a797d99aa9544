"""Each rule speaks up at the right cell, stays silent beside it, and is the one that speaks."""

from __future__ import annotations

import pytest

from forms import library
from forms.compile import compile_workbook
from forms.lint import RULES, lint
from forms.lint import rules as registry
from forms.problems import Level, ProblemCode
from tests.forms.lint.examples import CASES, SV, Case, codes, found
from tests.forms.tables import workbook_of

each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.code.name)


@each
def test_a_rule_names_the_cell(case: Case) -> None:
    """The author is led to what to think about."""
    problems = {(p.code, p.level, p.sheet, p.row, p.column) for p in found(case.bad, case.mode)}
    assert (case.code, case.level, *case.place) in problems


@each
def test_a_rule_is_silent_when_its_cause_is_mended(case: Case) -> None:
    """Advice that stays after it was followed is noise."""
    assert case.code not in codes(case.good, case.mode)


@each
def test_without_its_rule_the_cause_is_not_seen(case: Case, monkeypatch) -> None:
    """No rule lives on another's examples."""
    monkeypatch.setattr("forms.lint.RULES", [rule for rule in RULES if rule is not case.rule])
    assert case.code not in codes(case.bad, case.mode)


@each
def test_every_sentence_can_be_said(case: Case) -> None:
    """A gap without a value would break the page that shows it."""
    for problem in found(case.bad, case.mode):
        assert "%(" not in problem.message()
        assert "None" not in problem.message()


def test_every_rule_has_an_example() -> None:
    """A rule that nobody tries is a rule that nobody trusts."""
    assert {case.rule for case in CASES} == set(RULES)
    assert len(RULES) == len(set(registry.RULES))


@pytest.mark.parametrize("name", library.names())
def test_the_built_in_questionnaires_follow_every_rule(name) -> None:
    """Advice is rare on good forms: none on ours."""
    workbook = library.load(name)
    instrument = compile_workbook(workbook).instrument
    assert instrument is not None
    assert [p.message() for p in lint(instrument, workbook)] == []


def test_advice_stops_nobody() -> None:
    """Only errors keep a questionnaire from being published."""
    assert not any(p.level is Level.ERROR for case in CASES for p in found(case.bad, case.mode))


def test_a_draft_with_errors_is_judged_too() -> None:
    """All is said at once: the author mends the sheet in one go."""
    workbook = workbook_of(
        f"| type | name | {SV} |\n| text | a | Ditt namn |\n| intger | b | B |\n"
    )
    compiled = compile_workbook(workbook, fallback_name="t")
    assert compiled.instrument is None
    assert compiled.draft is not None
    assert ProblemCode.IDENTIFYING in [p.code for p in lint(compiled.draft, workbook)]


ANONYMOUS_ONLY = {
    ProblemCode.SENTENCE_LONG,
    ProblemCode.NEGATION_IN_STEM,
    ProblemCode.ALTERNATIVES_MANY,
    ProblemCode.IDENTIFYING,
    ProblemCode.FREE_TEXT_ANONYMOUS,
    ProblemCode.REQUIRED_ANONYMOUS,
}


@each
def test_grown_ups_are_asked_by_name(case: Case) -> None:
    """A return asks for names and dates; the promise to pupils does not bind it."""
    if case.code in ANONYMOUS_ONLY:
        assert case.code not in codes(case.bad, "return")
    else:
        assert case.mode == "return" or case.code in (ProblemCode.TEXT_HARD, ProblemCode.PAGE_HARD)
