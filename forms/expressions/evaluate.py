"""Evaluate the tree of an expression over a tree of answers."""

import math
from collections.abc import Callable, Mapping

from forms.expressions.chains import Ast
from forms.expressions.context import Context, Frame, Work
from forms.expressions.expression import Expression
from forms.expressions.functions import FUNCTIONS
from forms.expressions.nodes import Node
from forms.expressions.operators import apply
from forms.expressions.values import Value, to_boolean, to_number, to_string, whole


def evaluate(expression: Expression | Ast, context: Context) -> Value:
    """Return the value of an expression at the context's node.

    Raises:
        ExpressionError: It compares too many values (TOO_MUCH_WORK).
    """
    tree = expression.ast if isinstance(expression, Expression) else expression
    return value_of(tree, Frame(context, context.node, Work()))


def evaluate_boolean(expression: Expression | Ast, context: Context) -> bool:
    """Return the value as truth, for `relevant`, `constraint` and `required`."""
    return to_boolean(evaluate(expression, context))


def evaluate_string(expression: Expression | Ast, context: Context) -> str:
    """Return the value as text; the caller of a calculation makes '' of 'NaN'."""
    return to_string(evaluate(expression, context))


def evaluate_number(expression: Expression | Ast, context: Context) -> float:
    """Return the value as number, NaN when it is none."""
    return to_number(evaluate(expression, context), context.offset)


def filter_items(
    expression: Expression | Ast, context: Context, list_name: str
) -> list[Mapping[str, str]]:
    """Return the items of a list that a choice filter keeps, in their order.

    A bare name in the filter is a column of the list; `${name}` is read from the context's node.
    """
    tree = expression.ast if isinstance(expression, Expression) else expression
    items = context.list_tree(list_name).children[0].children
    frame = Frame(context, context.node, Work())
    kept = {id(node) for node in _kept_by(tree, items, frame)}
    originals = context.instances.get(list_name, ())
    return [item for node, item in zip(items, originals, strict=True) if id(node) in kept]


def value_of(tree: Ast, frame: Frame) -> Value:
    """Return the value of one branch; nodes that are not asked are left out."""
    kind = tree[0]
    if kind in _NODE_KINDS:
        return [node for node in _NODE_KINDS[kind](tree, frame) if node.is_relevant]
    return _KINDS[kind](tree, frame)


def _nodes_of(tree: Ast, frame: Frame) -> list[Node]:
    """Return the nodes that a path goes on from, asked or not."""
    if tree[0] in _NODE_KINDS:
        return _NODE_KINDS[tree[0]](tree, frame)
    if tree == _CURRENT:
        return [frame.context.node]
    value = value_of(tree, frame)
    return value if isinstance(value, list) else []


def _reference(tree: Ast, frame: Frame) -> list[Node]:
    """Resolve `${name}`: seen from a predicate's node when it is an answer, not a list's item."""
    nodes = _answer(frame).nearest(tree[1])
    frame.work.add(len(nodes))
    return nodes


def _answer(frame: Frame) -> Node:
    """Return the node from which answers are looked for."""
    context = frame.context
    return frame.node if frame.node.root is context.root else context.node


def _and(tree: Ast, frame: Frame) -> Value:
    return all(to_boolean(value_of(part, frame)) for part in tree[1:])


def _or(tree: Ast, frame: Frame) -> Value:
    return any(to_boolean(value_of(part, frame)) for part in tree[1:])


def _operations(tree: Ast, frame: Frame) -> Value:
    value = value_of(tree[1], frame)
    for place in range(2, len(tree), 2):
        value = apply(tree[place], value, value_of(tree[place + 1], frame), frame)
    return value


def _negative(tree: Ast, frame: Frame) -> Value:
    return -to_number(value_of(tree[1], frame), frame.context.offset)


def _call(tree: Ast, frame: Frame) -> Value:
    name, arguments = tree[1], tree[2]
    if name in _LAZY:
        return _LAZY[name](arguments, frame)
    return FUNCTIONS[name](frame, *[value_of(argument, frame) for argument in arguments])


def _if(arguments: list[Ast], frame: Frame) -> Value:
    condition = to_boolean(value_of(arguments[0], frame))
    return value_of(arguments[1 if condition else 2], frame)


def _coalesce(arguments: list[Ast], frame: Frame) -> Value:
    """Return the first value that is neither blank nor NaN, else the last."""
    value: Value = ""
    for argument in arguments:
        value = value_of(argument, frame)
        if to_string(value) != "" and not _is_nan(value):
            break
    return value


def _is_nan(value: Value) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _once(arguments: list[Ast], frame: Frame) -> Value:
    return to_string(frame.own_value()) or value_of(arguments[0], frame)


def _indexed_repeat(arguments: list[Ast], frame: Frame) -> Value:
    """Walk from repeat instance to repeat instance by number, then to the question."""
    inside: Node | None = None
    for place in range(1, len(arguments), 2):
        repeat = _last_name(arguments[place])
        index = whole(to_number(value_of(arguments[place + 1], frame), frame.context.offset))
        found = inside.named(repeat) if inside else frame.context.node.nearest(repeat)
        if max(index, 1) > len(found):
            return []
        inside = found[max(index, 1) - 1]
    found = inside.named(_last_name(arguments[0])) if inside else []
    return [node for node in found if node.is_relevant]


def _last_name(tree: Ast) -> str:
    return str(tree[1] if tree[0] == "ref" else tree[2][-1][1])


def _filter(tree: Ast, frame: Frame) -> list[Node]:
    """Filter nodes by predicates; positions count among the nodes of one parent."""
    families: dict[int, list[Node]] = {}
    for node in _nodes_of(tree[1], frame):
        families.setdefault(id(node.parent), []).append(node)
    kept: list[Node] = []
    for family in families.values():
        kept += _filtered(family, tree[2], frame)
    return kept


def _union(tree: Ast, frame: Frame) -> list[Node]:
    """Return the nodes of several lists, each once, in document order."""
    found = {id(node): node for part in tree[1:] for node in _nodes_of(part, frame)}
    roots = {id(node.root): node.root for node in found.values()}
    ordered = [node for root in roots.values() for node in (root, *root.below())]
    frame.work.add(len(ordered))
    return [node for node in ordered if id(node) in found]


def _path(tree: Ast, frame: Frame) -> list[Node]:
    """Walk a path.

    An absolute one that comes by the repeat instance of the context stays inside it, unless a
    predicate chooses.
    """
    start, steps = tree[1], tree[2]
    if start == "/":
        return _absolute(steps, frame)
    nodes = [frame.node] if start == "." else _nodes_of(start, frame)
    for axis, name, predicates in steps:
        nodes = _step(nodes, axis, name, predicates, frame)
    return nodes


def _absolute(steps: list[Ast], frame: Frame) -> list[Node]:
    root = frame.context.root
    if not steps:
        return [root]
    document = Node("")
    document.children, nodes = [root], [document]
    own = {id(node) for node in _answer(frame).lineage()}
    for number, (axis, name, predicates) in enumerate(steps, 1):
        nodes = _step(nodes, axis, name, predicates, frame)
        if number < len(steps) and name != "*" and not predicates:
            nodes = [node for node in nodes if id(node) in own] or nodes
    return nodes


def _step(
    nodes: list[Node], axis: str, name: str, predicates: list[Ast], frame: Frame
) -> list[Node]:
    found: list[Node] = []
    seen: set[int] = set()
    for node in nodes:
        reached = [other for other in _AXES[axis](node) if name in ("*", other.name)]
        frame.work.add(len(reached))
        for other in _filtered(reached, predicates, frame):
            if id(other) not in seen:
                seen.add(id(other))
                found.append(other)
    return found


def _filtered(nodes: list[Node], predicates: list[Ast], frame: Frame) -> list[Node]:
    for predicate in predicates:
        nodes = _kept_by(predicate, nodes, frame)
    return nodes


def _kept_by(predicate: Ast, nodes: list[Node], frame: Frame) -> list[Node]:
    """Return the nodes for which a predicate holds; a number holds for that position."""
    frame.work.add(len(nodes))
    kept: list[Node] = []
    for position, node in enumerate(nodes, 1):
        value = value_of(predicate, Frame(frame.context, node, frame.work, position, len(nodes)))
        is_number = isinstance(value, float)
        if value == position if is_number else to_boolean(value):
            kept.append(node)
    return kept


_CURRENT: Ast = ["call", "current", []]
_AXES: dict[str, Callable[[Node], list[Node]]] = {
    "child": lambda node: node.children,
    "self": lambda node: [node],
    "parent": lambda node: [node.parent] if node.parent else [],
}
_LAZY: dict[str, Callable[[list[Ast], Frame], Value]] = {
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "indexed-repeat": _indexed_repeat,
}
_KINDS: dict[str, Callable[[Ast, Frame], Value]] = {
    "num": lambda tree, _: float(tree[1]),
    "str": lambda tree, _: str(tree[1]),
    "saved": lambda _, __: "",  # a device's answer of last time, which nobody else knows
    "neg": _negative,
    "and": _and,
    "or": _or,
    "ops": _operations,
    "call": _call,
}
_NODE_KINDS: dict[str, Callable[[Ast, Frame], list[Node]]] = {
    "ref": _reference,
    "filter": _filter,
    "path": _path,
    "union": _union,
}
