"""What the parser tells a compiler, and what it refuses to spend time on."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.expressions import (
    SIGNATURES,
    Context,
    Expression,
    ExpressionError,
    ExpressionProblem,
    Node,
    PathReference,
    evaluate_string,
    parse,
)


def code_of(text: str) -> ExpressionProblem:
    """Return the code of the error that a text raises."""
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value.code


def read_or_refusal(text: str) -> Expression | ExpressionError:
    """Return the expression, or the one error that parsing may raise."""
    try:
        return parse(text)
    except ExpressionError as problem:
        return problem


def in_fresh_thread(work: Callable[[], object]) -> object:
    """Run with a stack of its own, as a server's thread would."""
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()
    thread.join()
    return results[0]


def test_the_tree_is_plain_json() -> None:
    """The page carries trees, not texts."""
    tree = parse("if(${a} = 'x', -1, ../b[2]/c)").ast
    assert tree == [
        "call", "if", [
            ["ops", ["ref", "a"], "=", ["str", "x"]],
            ["neg", ["num", 1.0]],
            ["path", ".", [["parent", "*", []], ["child", "b", [["num", 2.0]]], ["child", "c", []]]],
        ],
    ]  # fmt: skip
    assert json.loads(json.dumps(tree)) == tree


def test_references_are_found_everywhere() -> None:
    """A misspelt name must be found wherever it hides."""
    text = "if(${a}, ${b}[${c} > 1]/d, jr:choice-name(${e}, '${f}')) + -${g}"
    assert parse(text).references == set("abcefg")


def test_functions_and_lists_are_found() -> None:
    """The compiler must know which lists to send along."""
    expression = parse("count(instance('l')/root/item[name = pulldata('m', 'x', 'y', 'z')])")
    assert expression.functions == {"count", "instance", "pulldata"}
    assert expression.instances == {"l", "m"}


@pytest.mark.parametrize("text", [".", ". > 1", "once(1)", "string-length()", "./.", "-(.)"])
def test_reading_oneself_is_noticed(text: str) -> None:
    """A calculation that reads itself has another order than one that does not."""
    assert parse(text).uses_self


@pytest.mark.parametrize("text", ["..", "../a", "a", "string-length('x')", "${a}", "'.'", "/a"])
def test_reading_others_is_not_reading_oneself(text: str) -> None:
    """Otherwise every calculation would seem to depend on itself."""
    assert not parse(text).uses_self


def test_paths_say_where_they_start_and_what_they_stand_in() -> None:
    """The compiler refuses paths that lead nowhere, also inside predicates."""
    paths = parse(
        "/data/a + ../b + c + ${r}[d = 1]/e + instance('l')/root/item[f = current()/../g]/h"
    )
    row = PathReference("${r}", ())
    item = PathReference("instance('l')", ("root", "item"))
    assert paths.paths == (
        PathReference("/", ("data", "a")),
        PathReference(".", ("..", "b")),
        PathReference(".", ("c",)),
        PathReference(".", ("d",), inside=row),
        PathReference("${r}", ("e",)),
        PathReference(".", ("f",), inside=item),
        PathReference("current()", ("..", "g"), inside=item),
        PathReference("instance('l')", ("root", "item", "h")),
    )


def test_white_space_of_any_kind_separates() -> None:
    """Cells are pasted from word processors, with their hard spaces and line ends."""
    assert parse(" 1\u00a0+\n2\t").ast == parse("1+2").ast


def test_the_closest_function_is_suggested() -> None:
    """A slip of the finger should not need the manual."""
    with pytest.raises(ExpressionError) as caught:
        parse("1 + slected(${a}, 'x')")
    assert caught.value.params["suggestion"] == "selected"
    assert caught.value.params["position"] == 5
    assert "selected" in str(caught.value)


def test_the_sentence_tells_the_expected_number_of_values() -> None:
    """The author learns how many are right, not only that it is wrong."""
    with pytest.raises(ExpressionError) as caught:
        parse("round(1, 2, 3)")
    assert (caught.value.params["given"], caught.value.params["expected"]) == (3, "1–2")
    assert SIGNATURES["indexed-repeat"].describe() == "3, 5, 7, …"


def test_every_sentence_can_be_filled() -> None:
    """A gap without a value would crash in front of the author."""
    texts = ["", "1 2", "1 +", "(1", "1 == 1", "‘", "${a b}", "f()", "if()", "regex(., .)"]
    texts += [
        "sum(1)",
        "//a",
        "a | 1",
        "jr:itext('x')",
        "regex(., '(')",
        "9" * 400,
        "1" * 40_000,
        "(" * 200,
    ]
    codes = {code_of(text) for text in texts}
    assert codes == set(ExpressionProblem) - {ExpressionProblem.TOO_MUCH_WORK}


def test_a_megabyte_is_refused_at_once() -> None:
    """Anyone may upload anything."""
    assert code_of("1+" * 500_000 + "1") is ExpressionProblem.TOO_LONG


@pytest.mark.parametrize("opening", ["(", "not(", "-(", "a[", "${a}[", "1+(", "if(1,("])
def test_ten_thousand_levels_are_refused_without_exhausting_the_stack(opening: str) -> None:
    """A crafted cell must not take the server down."""
    repeated = opening * (10_000 // len(opening))
    assert code_of(repeated) is ExpressionProblem.TOO_DEEP


def test_many_minus_signs_are_one() -> None:
    """They would be levels without parentheses."""
    assert parse("-" * 10_001 + "1").ast == ["neg", ["num", 1.0]]


def test_a_long_chain_is_not_a_deep_one() -> None:
    """Real conditions name hundreds of choices one after another."""
    tree = parse(" or ".join(f"${{q}} = '{n}'" for n in range(1000))).ast
    assert tree[0] == "or"
    assert len(tree) == 1001
    assert len(parse("+".join("1" * 1000)).ast) == 2000


DEEPEST = [
    ("(" * 99, "1", ")" * 99),
    ("not(" * 99, "1", ")" * 99),
    ("if(1 = 1, " * 90, "1", ", 2)" * 90),
    ("1 or 1 and 1 = 1 < 1 + 1 * (" * 35, "1", ")" * 35),
    ("../a[" * 60, "1", "]" * 60),
    ("${a}[" * 80, "1", "]" * 80),
]


@pytest.mark.parametrize("parts", DEEPEST, ids=lambda parts: parts[0][:12])
def test_what_is_allowed_can_be_evaluated_and_sent(parts: tuple[str, str, str]) -> None:
    """A limit that still lets the stack overflow would be none."""
    expression = parse("".join(parts))
    root = Node.of(["data", [["a", "1"]]])
    context = Context(root, root.children[0], date(2026, 1, 5), datetime(2026, 1, 5, tzinfo=UTC))
    assert isinstance(in_fresh_thread(lambda: evaluate_string(expression, context)), str)
    assert json.loads(json.dumps(expression.ast)) == expression.ast
    assert isinstance(expression.paths, tuple)


def test_deep_operators_are_counted_too() -> None:
    """Each level of parentheses may hide six levels of operators."""
    text = "1 or 1 and 1 = 1 < 1 + 1 * (" * 90 + "1" + ")" * 90
    assert code_of(text) is ExpressionProblem.TOO_DEEP


PIECES = ["${a}", "${", "}", ".", "..", "/", "[", "]", "(", ")", ",", "'", '"', "’", "-", "*", "1"]
PIECES += ["if", "regex(., '", "instance('l')", "::", "@", " ", " and ", "=", "<", "!", "\\", "é"]
MORE_PIECES = ["indexed-repeat(", "jr:choice-name(1, ", "current()", "node()", "self::", "$", "9e9"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES + MORE_PIECES)).map("".join)))
def test_any_text_is_read_or_refused_properly(text: str) -> None:
    """Whatever stands in a cell, the author gets a sentence and the server no crash."""
    result = read_or_refusal(text)
    if isinstance(result, ExpressionError):
        assert 1 <= result.position <= len(text) + 1
        assert str(result)
    else:
        json.dumps(result.ast, allow_nan=False)
        assert isinstance(result.paths, tuple)
