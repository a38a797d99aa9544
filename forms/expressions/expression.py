"""An expression that was read: its tree, and what a compiler wants to know of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from forms.expressions.chains import Ast
from forms.expressions.parse import parse_tree


@dataclass(frozen=True)
class PathReference:
    """A path that an expression walks, without its predicates.

    Attributes:
        start: "/" for the root, "." for the context, "current()", "${name}" or
            "instance('list')" for a path that begins there, "()" for anything else.
        steps: Names, ".." for a step up, "*" for any child.
        inside: The path whose predicate this one stands in; "." then means a node of that path,
            for instance a choice of a list.
    """

    start: str
    steps: tuple[str, ...]
    inside: "PathReference | None" = None


@dataclass(frozen=True)
class Expression:
    """A checked expression.

    Attributes:
        text: As the author wrote it.
        ast: Nested lists for both interpreters (see `forms.expressions.parse`).
    """

    text: str
    ast: Ast

    @cached_property
    def references(self) -> frozenset[str]:
        """Return the question names in `${...}`, also those quoted in jr:choice-name()."""
        named = {str(tree[1]) for tree in self._trees if tree[0] == "ref"}
        return frozenset(named | self._arguments("jr:choice-name", 1))

    @cached_property
    def last_saved(self) -> frozenset[str]:
        """Return the question names in `${last-saved#...}`."""
        return frozenset(str(tree[1]) for tree in self._trees if tree[0] == "saved")

    @cached_property
    def functions(self) -> frozenset[str]:
        """Return the names of the functions called."""
        return frozenset(str(tree[1]) for tree in self._trees if tree[0] == "call")

    @cached_property
    def instances(self) -> frozenset[str]:
        """Return the lists read by instance() and pulldata()."""
        return frozenset(self._arguments("instance", 0) | self._arguments("pulldata", 0))

    @cached_property
    def uses_self(self) -> bool:
        """Tell whether the value of the question itself is read, as `.` or by default."""
        return any(_reads_self(tree) for tree in self._trees)

    @cached_property
    def paths(self) -> tuple[PathReference, ...]:
        """Return the paths that take at least one step, in the order of the text."""
        return tuple(path for path in _paths_of(self.ast, None) if path.steps)

    @cached_property
    def _trees(self) -> tuple[Ast, ...]:
        return tuple(_branches(self.ast))

    def _arguments(self, function: str, number: int) -> set[str]:
        calls = (tree for tree in self._trees if tree[0] == "call" and tree[1] == function)
        return {str(call[2][number][1]) for call in calls}


def parse(text: str) -> Expression:
    """Read an expression as it stands in a cell of an XLSForm.

    Raises:
        ExpressionError: The text is no expression that both interpreters understand.
    """
    return Expression(text, parse_tree(text))


_CONTEXT_BY_DEFAULT = frozenset({"string", "number", "string-length", "normalize-space"})


def _reads_self(tree: Ast) -> bool:
    if tree[0] == "path":
        return tree[1] == "." and all(step[0] == "self" for step in tree[2])
    if tree[0] != "call":
        return False
    return tree[1] == "once" or (tree[1] in _CONTEXT_BY_DEFAULT and not tree[2])


def _parts(tree: Ast) -> list[Ast]:
    """Return the trees directly below a tree."""
    if tree[0] == "call":
        return list(tree[2])
    if tree[0] == "filter":
        return [tree[1], *tree[2]]
    if tree[0] == "path":
        start = [tree[1]] if isinstance(tree[1], list) else []
        return [*start, *(predicate for step in tree[2] for predicate in step[2])]
    return [part for part in tree[1:] if isinstance(part, list)]


def _branches(tree: Ast) -> Iterator[Ast]:
    """Walk a tree from the left, each tree before its parts."""
    waiting = [tree]
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting += reversed(_parts(branch))


def _paths_of(tree: Ast, inside: PathReference | None) -> Iterator[PathReference]:
    if tree[0] not in ("path", "filter"):
        for part in _parts(tree):
            yield from _paths_of(part, inside)
        return
    start = tree[1]
    if isinstance(start, list):
        yield from _paths_of(start, inside)
    steps: list[str] = []
    if tree[0] == "filter":
        yield from _paths_in(tree[2], PathReference(_start_of(start), (), inside))
        return
    for axis, name, predicates in tree[2]:
        steps += {"child": [name], "parent": [".."], "self": []}[axis]
        yield from _paths_in(predicates, PathReference(_start_of(start), tuple(steps), inside))
    yield PathReference(_start_of(start), tuple(steps), inside)


def _paths_in(predicates: list[Ast], inside: PathReference) -> Iterator[PathReference]:
    for predicate in predicates:
        yield from _paths_of(predicate, inside)


def _start_of(start: "Ast | str") -> str:
    """Name where a path begins."""
    if isinstance(start, str):
        return start
    if start[0] == "filter":
        return _start_of(start[1])
    if start[0] == "ref":
        return f"${{{start[1]}}}"
    if start[0] == "call" and start[1] == "current":
        return "current()"
    if start[0] == "call" and start[1] == "instance":
        return f"instance('{start[2][0][1]}')"
    return "()"
