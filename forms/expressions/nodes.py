"""The tree of answers that an expression is evaluated over."""

from collections.abc import Iterator, Sequence
from typing import Any


class Node:
    """A question, group or repeat instance; a repeat is several siblings of one name.

    Values and relevance may change at any time; children only through `append` and `remove`,
    which keep the index of names true.

    Attributes:
        name: As in the questionnaire.
        value: A leaf's answer as text: "3", "2.5", "2026-01-05", "a b c", "" for blank.
        parent: The node above, None for the root.
        relevant: Whether this node itself is asked; its ancestors have their own say.
    """

    __slots__ = ("_index", "children", "name", "parent", "relevant", "value")

    def __init__(
        self, name: str, value: str = "", children: Sequence["Node"] = (), relevant: bool = True
    ) -> None:
        self.name = name
        self.value = value
        self.children: list[Node] = []
        self.parent: Node | None = None
        self.relevant = relevant
        self._index: dict[str, list[Node]] | None = None
        for child in children:
            self.append(child)

    @classmethod
    def of(cls, compact: Sequence[Any]) -> "Node":
        """Build a tree from `[name, value or list of children, relevant = true]`, as in JSON."""
        name, content, *relevant = compact
        is_relevant = bool(relevant[0]) if relevant else True
        if isinstance(content, str):
            return cls(name, content, relevant=is_relevant)
        return cls(name, children=[cls.of(child) for child in content], relevant=is_relevant)

    def append(self, child: "Node", place: int | None = None) -> "Node":
        """Add a child at the end, or before the child at `place`, and return it."""
        child.parent = self
        self.children.insert(len(self.children) if place is None else place, child)
        self._forget_index()
        return child

    def remove(self, child: "Node") -> None:
        """Take a child out, with all below it."""
        self.children = [other for other in self.children if other is not child]
        child.parent = None
        self._forget_index()

    @property
    def is_relevant(self) -> bool:
        """Tell whether this node and all above it are asked."""
        return all(node.relevant for node in self.lineage())

    @property
    def position(self) -> int:
        """Count from 1 among the siblings of the same name."""
        return next(n for n, node in enumerate(self.namesakes(), 1) if node is self)

    @property
    def root(self) -> "Node":
        """Return the topmost node."""
        *_, root = self.lineage()
        return root

    def lineage(self) -> Iterator["Node"]:
        """Yield this node and then each one above it."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def namesakes(self) -> "list[Node]":
        """Return the siblings of the same name, this node among them."""
        if self.parent is None:
            return [self]
        return [node for node in self.parent.children if node.name == self.name]

    def named(self, name: str) -> "list[Node]":
        """Return the nodes of that name below this one, in document order; do not change it."""
        if self._index is None:
            self._index = {}
            self._gather(self._index)
        return self._index.get(name, [])

    def nearest(self, name: str) -> "list[Node]":
        """Return the nodes that `${name}` means from here.

        They are those below the nearest node of the lineage that has any: within a repeat the
        instance's own one, from elsewhere all of them.
        """
        everywhere = self.root.named(name)
        if len(everywhere) <= 1:
            return everywhere
        return next(filter(None, (node.named(name) for node in self.lineage())))

    def below(self) -> Iterator["Node"]:
        """Yield all nodes under this one, in document order."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children[::-1]

    def _gather(self, index: "dict[str, list[Node]]") -> None:
        for node in self.children:
            index.setdefault(node.name, []).append(node)
            if node.children:
                node._gather(index)

    def _forget_index(self) -> None:
        for node in self.lineage():
            node._index = None
