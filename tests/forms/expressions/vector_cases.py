"""Turn a vector into a context for the Python interpreter, and its value into JSON's form."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from forms.expressions import (
    Context,
    DateNames,
    Node,
    evaluate,
    filter_items,
    parse,
    to_boolean,
    to_number,
    to_string,
)

Case = Mapping[str, Any]


def context_of(case: Case, vectors: Mapping[str, Any]) -> Context:
    """Build the surroundings that a case names."""
    root = Node.of(vectors["trees"][case["tree"]])
    return Context(
        root=root,
        node=node_at(root, case["at"]),
        today=date.fromisoformat(case.get("today", vectors["today"])),
        now=datetime.fromisoformat(case.get("now", vectors["now"])),
        instances=vectors["instances"],
        choice_labels=vectors["choice_labels"],
        date_names=DateNames(**case.get("names", {})),
        random=_refuse if case.get("no_chance") else lambda: float(vectors["random"]),
        uuid=_refuse if case.get("no_chance") else lambda: str(vectors["uuid"]),
    )


def _refuse() -> Any:
    raise AssertionError("chance was asked although its value is not needed")


def node_at(root: Node, path: str) -> Node:
    """Find the node of a path such as /data/person[2]/age."""
    node = root
    for part in path.split("/")[2:]:
        name, number = re.findall(r"^([^[]+)(?:\[(\d+)\])?$", part)[0]
        node = [child for child in node.children if child.name == name][int(number or 1) - 1]
    return node


def outcome(case: Case, vectors: Mapping[str, Any]) -> Any:
    """Return what a case evaluates to, in the form of its `expected`."""
    context = context_of(case, vectors)
    expression = parse(case["text"])
    if case["kind"] == "choices":
        return [item["name"] for item in filter_items(expression, context, case["list"])]
    value = evaluate(expression, context)
    if case["kind"] == "nodes" and isinstance(value, list):
        return [node.value for node in value]
    if case["kind"] == "number":
        return readable(to_number(value, context.offset))
    return to_boolean(value) if case["kind"] == "boolean" else to_string(value)


def readable(number: float) -> float | str:
    """Return a number as JSON can carry it."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return "-0" if number == 0 and math.copysign(1, number) < 0 else number
