"""Expressions nobody thought of: both interpreters give the same, whatever it is."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forms.expressions import ExpressionError, parse
from tests.forms.expressions.vector_cases import outcome

VALUES = [
    *("", "0"),
    "1",
    "2",
    "-3",
    "2.5",
    "1,5",
    "0.1",
    "007",
    "9007199254740993",
    "1e5",
    "x",
    "a b",
]
VALUES += [
    "a  c b",
    "true",
    "2026-01-05",
    "2024-02-29",
    "2023-02-29",
    "2026-01-05T23:30:00Z",
    "å😀ö",
]
VALUES += [
    "2026-01-05T10:00:00.123+01:00",
    "1969-12-31T23:59:59.999",
    " 7 ",
    "NaN",
    "Infinity",
    "-0",
]
NAMES = ["a", "b", "c", "rep", "inner", "x", "y"]
FORMATS = ["%Y-%m-%d", "%y %n %e %b %a", "%H:%M:%S.%3 %h %%", "%q%"]

values = st.sampled_from(VALUES)
asked = st.sampled_from([True, True, True, False])


def leaf(name: str) -> st.SearchStrategy[list[Any]]:
    """A question with some answer."""
    return st.tuples(st.just(name), values, asked).map(list)


def group(name: str, *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """A group of parts, of which repeats bring lists of instances."""
    children = st.tuples(*parts).map(
        lambda found: [
            node
            for part in found
            for node in (part if part and isinstance(part[0], list) else [part])
            if node
        ]
    )
    return st.tuples(st.just(name), children, asked).map(list)


inner = group("inner", leaf("y"))
rep = group("rep", leaf("x"), st.lists(inner, max_size=2))
trees = group("data", leaf("a"), leaf("b"), leaf("c"), st.lists(rep, max_size=3)).map(
    lambda tree: [tree[0], tree[1], True]
)


def quoted(text: str) -> str:
    """Return a text as a literal."""
    return f"'{text}'"


def call(name: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A call with one value from each strategy."""
    return st.tuples(*parts).map(lambda found: f"{name}({', '.join(found)})")


literals = st.one_of(
    values.map(quoted),
    st.sampled_from(
        ["0", "1", "2", "-1", "0.5", "3.75", "100", "0.1", "1e"[:1], "20458", "1234567.891"]
    ),
    st.sampled_from(
        [
            "true()",
            "false()",
            "today()",
            "now()",
            "random()",
            "uuid()",
            "uuid(3)",
            "position()",
            "last()",
            "current()",
        ]
    ),
)
node_sets = st.one_of(
    st.sampled_from(NAMES).map(lambda name: f"${{{name}}}"),
    st.sampled_from(
        [
            ".",
            "..",
            "../*",
            "*",
            "../a",
            "../../a",
            "/data/a",
            "/data/rep/x",
            "/data/rep",
            "/data/*",
        ]
    ),
    st.sampled_from(
        [
            "../../rep/x",
            "/data/rep/inner/y",
            "current()/../x",
            "${rep}/x",
            "${rep}/..",
            "${rep}/inner/y",
        ]
    ),
    st.sampled_from(
        [
            "instance('fruits')/root/item/weight",
            "instance('fruits')/root/item",
            "parent::rep/x",
            "self::node()",
        ]
    ),
)


def grown(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger expressions out of smaller ones."""
    one, nodes = smaller, node_sets
    filtered = st.one_of(
        st.tuples(
            st.sampled_from(["${rep}", "/data/rep", "../../rep", "${inner}", "/data/rep/inner"]),
            one,
            st.sampled_from(["", "/x", "/y", "/*"]),
        ),
        st.tuples(
            st.just("instance('fruits')/root/item"), one, st.sampled_from(["/name", "/weight"])
        ),
    ).map(lambda parts: f"{parts[0]}[{parts[1]}]{parts[2]}")
    operators = st.sampled_from(
        ["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"]
    )
    return st.one_of(
        st.tuples(one, operators, one).map(lambda parts: f"({parts[0]}) {parts[1]} {parts[2]}"),
        st.tuples(one, operators, one, operators, one).map(" ".join),
        one.map(lambda text: f"-({text})"),
        filtered,
        *[call(name, nodes | filtered) for name in ("sum", "count", "count-non-empty", "position")],
        *[
            call(name, one)
            for name in [
                "abs",
                "boolean",
                "boolean-from-string",
                "count-selected",
                "date",
                "date-time",
                "decimal-date-time",
                "int",
                "not",
                "number",
                "once",
                "round",
                "string",
                "string-length",
                "normalize-space",
                "min",
                "max",
                "concat",
            ]
        ],
        *[
            call(name, one, one)
            for name in [
                "contains",
                "ends-with",
                "starts-with",
                "selected",
                "selected-at",
                "substr",
                "substring-after",
                "substring-before",
                "min",
                "max",
                "concat",
                "coalesce",
                "join",
                "round",
            ]
        ],
        *[
            call(name, nodes | one, nodes | one, nodes | one)
            for name in [
                "if",
                "substr",
                "translate",
                "coalesce",
                "join",
                "concat",
                "max",
                "min",
                "checklist",
            ]
        ],
        call("weighted-checklist", one, one, one, one, nodes, nodes),
        call("format-date", one, st.sampled_from(FORMATS).map(quoted)),
        call(
            "regex",
            one,
            st.sampled_from(["[0-9.]+", r"\w+\s*\w*", "a.*", r"\p{L}+.*", ""]).map(quoted),
        ),
        call("pow", one, st.sampled_from(["2", "-1", "0", "3", "'x'", "1 div 0"])),
        call(
            "pulldata",
            st.just("'fruits'"),
            st.just("'weight'"),
            st.just("'name'"),
            one | st.just("'pear'"),
        ),
        call("jr:choice-name", one | st.just("'apple'"), st.just("'${fruit}'")),
        call("indexed-repeat", st.just("${x}"), st.just("${rep}"), one),
        call("indexed-repeat", st.just("${y}"), st.just("${rep}"), one, st.just("${inner}"), one),
    )


expressions = st.recursive(literals | node_sets, grown, max_leaves=12)
KINDS = ["string", "number", "boolean"]


def places_of(tree: list[Any], path: str = "/data") -> list[str]:
    """Return the path of every node."""
    found, counts = [path], dict[str, int]()
    for child in tree[1] if isinstance(tree[1], list) else []:
        counts[child[0]] = counts.get(child[0], 0) + 1
        found += places_of(child, f"{path}/{child[0]}[{counts[child[0]]}]")
    return found


@st.composite
def batches(draw: st.DrawFn) -> tuple[list[Any], list[dict[str, Any]]]:
    """Draw a tree and many expressions over its nodes."""
    tree = draw(trees)
    places = st.sampled_from(places_of(tree))
    case = st.fixed_dictionaries(
        {
            "text": expressions,
            "at": places,
            "kind": st.sampled_from(KINDS),
            "tree": st.just("drawn"),
        }
    )
    return tree, draw(st.lists(case, min_size=20, max_size=60))


def outcome_or_refusal(case: dict[str, Any], vectors: dict[str, Any]) -> Any:
    """Return the value, or that an interpreter may refuse the work."""
    try:
        return outcome(case, vectors)
    except ExpressionError as problem:
        return problem.code.name


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.reuse, Phase.generate],  # shrinking would start Node hundreds of times
)
@given(batch=batches())
def test_both_interpreters_agree(
    batch: tuple[list[Any], list[dict[str, Any]]],
    vectors: dict[str, Any],
    run_node: Callable[..., Any],
) -> None:
    """An answer that the page lets through is not refused by the server, and the reverse."""
    tree, cases = batch
    drawn = {**vectors, "trees": {"drawn": tree}}
    theirs = run_node(
        {**drawn, "cases": [{**case, "ast": parse(case["text"]).ast} for case in cases]}, "outcomes"
    )
    for case, in_browser in zip(cases, theirs, strict=True):
        assert outcome_or_refusal(case, drawn) == in_browser, (case, json.dumps(tree))
