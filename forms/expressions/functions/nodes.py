"""Functions on lists of nodes: repeats, choices and their labels."""

from collections.abc import Callable

from forms.expressions.context import Frame
from forms.expressions.values import Value, flatten, to_string


def _count(_: Frame, value: Value) -> Value:
    return float(len(flatten([value])))


def _count_non_empty(_: Frame, value: Value) -> Value:
    return float(sum(to_string(atom) != "" for atom in flatten([value])))


def _position(frame: Frame, *values: Value) -> Value:
    """Count from 1: in a predicate among its nodes, otherwise among siblings of the same name."""
    if not values:
        return float(frame.position or frame.node.position)
    nodes = values[0]
    return float(nodes[0].position) if isinstance(nodes, list) and nodes else 0.0


def _last(frame: Frame) -> Value:
    return float(frame.size or len(frame.node.namesakes()))


def _current(frame: Frame) -> Value:
    node = frame.context.node
    return [node] if node.is_relevant else []


def _instance(frame: Frame, list_name: Value) -> Value:
    return [frame.context.list_tree(to_string(list_name))]


def _pulldata(
    frame: Frame, list_name: Value, column: Value, key_column: Value, key: Value
) -> Value:
    """Look up one cell of a list by the first row whose key is equal."""
    items = frame.context.instances.get(to_string(list_name), ())
    frame.work.add(len(items))
    wanted, key_name = to_string(key), to_string(key_column)
    row = next((item for item in items if item.get(key_name, "") == wanted), {})
    return row.get(to_string(column), "")


def _choice_name(frame: Frame, value: Value, question: Value) -> Value:
    labels = frame.context.choice_labels.get(to_string(question), {})
    return labels.get(to_string(value), "")


NODE_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "count": _count,
    "count-non-empty": _count_non_empty,
    "current": _current,
    "instance": _instance,
    "jr:choice-name": _choice_name,
    "last": _last,
    "position": _position,
    "pulldata": _pulldata,
}
