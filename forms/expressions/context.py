"""What an expression sees: answers, lists, names, the clock and chance, all handed in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from forms.expressions.dates import DateNames
from forms.expressions.nodes import Node
from forms.expressions.problems import ExpressionError, ExpressionProblem

MAX_WORK = 200_000
"""Nodes that predicates and comparisons may look at in one evaluation."""

Items = Sequence[Mapping[str, str]]


def _no_chance() -> float:
    raise LookupError("random() needs Context.random")


def _no_uuid() -> str:
    raise LookupError("uuid() needs Context.uuid")


@dataclass(frozen=True)
class Context:
    """The surroundings of an evaluation; nothing in it is changed, nothing else is read.

    Attributes:
        root: The node of the whole questionnaire.
        node: The node whose expression is evaluated: what `.` and `current()` mean.
        today: The local date.
        now: The local time with its offset, which is taken for every date-time.
        random: Gives a number from 0 up to, not including, 1.
        uuid: Gives a new UUID in its usual form of 36 characters.
        instances: Items of the lists for instance() and pulldata(), by list name.
        choice_labels: Label by question and choice, for jr:choice-name().
        date_names: Names for %b and %a.
    """

    root: Node
    node: Node
    today: date
    now: datetime
    random: Callable[[], float] = _no_chance
    uuid: Callable[[], str] = _no_uuid
    instances: Mapping[str, Items] = field(default_factory=dict)
    choice_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_names: DateNames = field(default_factory=DateNames)
    list_trees: dict[str, Node] = field(default_factory=dict, repr=False, compare=False)

    def at(self, node: Node) -> "Context":
        """Return the same surroundings seen from another node."""
        return replace(self, node=node)

    @cached_property
    def offset(self) -> int:
        """Minutes that local time is ahead of UTC (0 when `now` has no zone)."""
        ahead = self.now.utcoffset()
        return 0 if ahead is None else int(ahead.total_seconds() // 60)

    def list_tree(self, list_name: str) -> Node:
        """Return a list as the tree that instance() walks: a node above root/item/column."""
        if list_name not in self.list_trees:
            items = [_item_node(item) for item in self.instances.get(list_name, ())]
            self.list_trees[list_name] = Node("instance", children=[Node("root", children=items)])
        return self.list_trees[list_name]


def _item_node(item: Mapping[str, str]) -> Node:
    return Node("item", children=[Node(name, value) for name, value in item.items()])


class Work:
    """Count what an evaluation looks at, and stop it when it is too much."""

    __slots__ = ("done",)

    def __init__(self) -> None:
        self.done = 0

    def add(self, count: int) -> None:
        """Count some more.

        Raises:
            ExpressionError: The limit is passed (TOO_MUCH_WORK).
        """
        self.done += count
        if self.done > MAX_WORK:
            raise ExpressionError(ExpressionProblem.TOO_MUCH_WORK, 0, limit=MAX_WORK)


class Frame:
    """One point of an evaluation: the surroundings, and the node that a predicate is trying.

    Attributes:
        position: Of the node in the set that a predicate filters, from 1; None outside.
        size: Of that set; None outside.
    """

    __slots__ = ("context", "node", "position", "size", "work")

    def __init__(
        self,
        context: Context,
        node: Node,
        work: Work,
        position: int | None = None,
        size: int | None = None,
    ) -> None:
        self.context = context
        self.node = node
        self.work = work
        self.position = position
        self.size = size

    def own_value(self) -> list[Node]:
        """Return what `.` reads: the node, or nothing while it is not asked."""
        return [self.node] if self.node.is_relevant else []
