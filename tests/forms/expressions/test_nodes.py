"""The tree of answers, and the surroundings of an evaluation."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from forms.expressions import (
    Context,
    ExpressionError,
    ExpressionProblem,
    Node,
    evaluate,
    evaluate_boolean,
    evaluate_number,
    evaluate_string,
    parse,
)


def context_of(root: Node, node: Node | None = None) -> Context:
    """Build surroundings without lists or chance."""
    return Context(root, node or root, date(2026, 1, 5), datetime(2026, 1, 5, tzinfo=UTC))


def test_a_new_repeat_instance_is_found_at_once() -> None:
    """A respondent adds a row and the sum follows."""
    root = Node.of(["data", [["row", [["v", "1"]]], ["end", ""]]])
    assert evaluate_number(parse("sum(${v})"), context_of(root)) == 1
    added = root.append(Node.of(["row", [["v", "2"]]]), 1)
    assert evaluate_number(parse("sum(${v})"), context_of(root)) == 3
    assert [node.name for node in root.children] == ["row", "row", "end"]
    added.append(Node("w", "x"))
    assert evaluate_string(parse("${w}"), context_of(root)) == "x"


def test_a_removed_repeat_instance_is_forgotten_at_once() -> None:
    """A row deleted by mistake must not count."""
    root = Node.of(["data", [["row", [["v", "1"]]], ["row", [["v", "2"]]]]])
    assert evaluate_number(parse("count(${row})"), context_of(root)) == 2
    removed = root.children[0]
    root.remove(removed)
    assert evaluate_number(parse("sum(${v})"), context_of(root)) == 2
    assert removed.parent is None


def test_values_and_relevance_may_change_at_any_time() -> None:
    """The index is of names, not of answers."""
    root = Node.of(["data", [["a", "1"]]])
    node = root.children[0]
    assert evaluate_string(parse("${a}"), context_of(root)) == "1"
    node.value = "2"
    assert evaluate_string(parse("${a}"), context_of(root)) == "2"
    root.relevant = False
    assert evaluate_string(parse("${a}"), context_of(root)) == ""


def test_the_browsers_tree_stays_findable_too() -> None:
    """The page adds and removes rows before the server ever sees them."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("Node 20 or later is needed: apt install nodejs, or see https://nodejs.org")
    script = Path(__file__).parents[2] / "js" / "run_nodes.mjs"
    done = subprocess.run([node, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_an_evaluation_that_compares_too_much_is_stopped() -> None:
    """A few lines of a crafted questionnaire could otherwise keep the server busy for hours."""
    root = Node("data", children=[Node("row", str(n)) for n in range(1001)])
    with pytest.raises(ExpressionError) as caught:
        evaluate(parse("${row} = 'x' or ${row} > ${row}"), context_of(root))
    assert caught.value.code is ExpressionProblem.TOO_MUCH_WORK


def test_predicates_within_predicates_are_counted() -> None:
    """The same, spelt with lists."""
    root = Node.of(["data", [["a", "x"]]])
    items = [{"name": str(n)} for n in range(500)]
    context = Context(
        root, root, date(2026, 1, 5), datetime(2026, 1, 5, tzinfo=UTC), instances={"l": items}
    )
    inner = "count(instance('l')/root/item[name = ${a}])"
    text = f"count(instance('l')/root/item[{inner.replace('${a}', inner)} > 1])"
    with pytest.raises(ExpressionError) as caught:
        evaluate(parse(text), context)
    assert caught.value.code is ExpressionProblem.TOO_MUCH_WORK


def test_chance_must_be_handed_in() -> None:
    """A calculation that cannot be repeated must be wanted."""
    root = Node("data")
    for text in ("random()", "uuid()"):
        with pytest.raises(LookupError):
            evaluate(parse(text), context_of(root))


def test_the_same_surroundings_serve_many_nodes() -> None:
    """Lists are built once for all questions of a page."""
    root = Node.of(["data", [["a", "1"], ["b", "2"]]])
    context = Context(
        root, root, date(2026, 1, 5), datetime(2026, 1, 5, tzinfo=UTC),
        instances={"l": [{"name": "1", "label": "One"}]},
    )  # fmt: skip
    lookup = parse("instance('l')/root/item[name = current()]/label")
    assert evaluate_string(lookup, context.at(root.children[0])) == "One"
    assert evaluate_string(lookup, context.at(root.children[1])) == ""
    assert context.at(root.children[1]).list_tree("l") is context.list_tree("l")


def test_a_tree_alone_can_be_evaluated() -> None:
    """Trees are stored without their texts."""
    tree = json.loads(json.dumps(parse("1 + 1 = 2").ast))
    assert evaluate_boolean(tree, context_of(Node("data")))


def test_names_are_looked_up_rather_than_searched() -> None:
    """A questionnaire of 500 questions is evaluated at every answer."""
    root = Node.of(["data", [["row", [["v", "1"]]], ["row", [["v", "2"]]]]])
    assert root.named("v") is root.named("v")
    assert root.children[1].children[0].nearest("v") is root.children[1].named("v")
