"""docs/problems.md lists every problem, with the levels that it is really made with."""

from __future__ import annotations

import pytest

from forms.catalogue import LEVELS, ProblemCode
from forms.problems import Level, Problem
from scripts import problems
from tests.forms.compile.test_defects import DEFECTS, problems_of
from tests.forms.lint.examples import CASES, found


def made() -> list[Problem]:
    """Give the problems of every example in the tests of compiler and rules."""
    defects = [problem for _, table, _ in DEFECTS.values() for problem in problems_of(table)]
    return defects + [problem for case in CASES for problem in found(case.bad, case.mode)]


def test_the_page_is_not_stale() -> None:
    """To mend it: python scripts/problems.py."""
    assert problems.PAGE.read_text(encoding="utf-8") == problems.page()
    assert problems.main(["check"]) == 0


@pytest.mark.parametrize("code", ProblemCode)
def test_the_page_has_every_problem_once(code) -> None:
    """A script's author finds each code there."""
    assert problems.page().count(f"| `{code.name}` |") == 1


def test_the_levels_are_those_that_are_made() -> None:
    """A script that stops at errors can rely on the page."""
    wrong = {p.code.name: p.level for p in made() if p.level not in LEVELS.get(p.code, ("error",))}
    assert wrong == {}


def test_levels_are_real_and_in_order() -> None:
    """The gravest first."""
    order = [level.value for level in Level]
    for levels in LEVELS.values():
        assert list(levels) == sorted(levels, key=order.index)
        assert levels != ("error",)
