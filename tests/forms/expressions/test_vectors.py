"""Every shared vector, run by both interpreters."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms.expressions import SIGNATURES, ExpressionError, parse
from tests.forms.expressions.vector_cases import outcome

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "expressions.json").read_text(encoding="utf-8")
)


def test_there_are_enough_vectors() -> None:
    """A file that shrank by mistake would let everything pass."""
    assert len(VECTORS["cases"]) >= 1000
    assert len(VECTORS["errors"]) >= 70


def test_every_vector_has_a_name_of_its_own() -> None:
    """A failure report must lead to one case."""
    names = [case["id"] for case in VECTORS["cases"] + VECTORS["errors"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["id"])
def test_the_server_agrees_with_the_vector(case: dict[str, Any]) -> None:
    """What is stored follows from what is written down, not from what the code happens to do."""
    actual = outcome(case, VECTORS)
    assert actual == case["expected"]
    assert isinstance(actual, bool) == isinstance(case["expected"], bool)


def test_the_browser_agrees_with_every_vector(run_node: Callable[..., Any]) -> None:
    """Respondents see the questions that the server will expect answers to."""
    cases = [{**case, "ast": parse(case["text"]).ast} for case in VECTORS["cases"]]
    result = run_node({**VECTORS, "cases": cases})
    assert result["failures"] == []
    assert result["passed"] == len(VECTORS["cases"])


def test_a_wrong_vector_is_noticed_in_the_browser(run_node: Callable[..., Any]) -> None:
    """The runner itself must be able to fail."""
    wrong = {**VECTORS["cases"][0], "ast": ["num", 1], "kind": "number", "expected": 2}
    result = run_node({**VECTORS, "cases": [wrong]})
    assert result["passed"] == 0
    assert result["failures"][0]["actual"] == 1


@pytest.mark.parametrize("case", VECTORS["errors"], ids=lambda case: case["id"])
def test_a_mistake_is_named_with_its_place(case: dict[str, Any]) -> None:
    """The author learns what is wrong, and at which character."""
    with pytest.raises(ExpressionError) as caught:
        parse(case["text"])
    assert (caught.value.code.name, caught.value.position) == (case["code"], case["position"])


def test_every_tree_survives_json() -> None:
    """The page gets its trees as JSON."""
    for case in VECTORS["cases"]:
        tree = parse(case["text"]).ast
        assert json.loads(json.dumps(tree, allow_nan=False)) == tree


def test_every_function_has_a_vector() -> None:
    """A function without one may mean two things."""
    called = {name for case in VECTORS["cases"] for name in parse(case["text"]).functions}
    assert called == set(SIGNATURES)


def test_every_function_is_documented() -> None:
    """Authors look up what they may write."""
    page = (Path(__file__).parents[3] / "docs" / "expressions.md").read_text(encoding="utf-8")
    assert [name for name in SIGNATURES if f"`{name}`" not in page] == []
