"""The instance tree of one response: its repeats grown, its logic run once in dependency order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import SystemRandom
from uuid import uuid4

from forms import addresses
from forms.expressions import (
    Context,
    Expression,
    ExpressionError,
    Node,
    evaluate_boolean,
    evaluate_number,
    evaluate_string,
    filter_items,
)
from forms.instrument import Group, Instrument, Question, QuestionType

MOST_INSTANCES = 200  # of one repeat inside one parent
MOST_PLACES = 20_000  # of questions and groups in one response


@dataclass(slots=True)
class Place:
    """A question or group where it stands in one response.

    Attributes:
        address: See `forms.addresses`.
        prefix: What the addresses of everything inside it begin with.
    """

    item: Question | Group
    node: Node
    address: str
    prefix: str
    above: Place | None = None
    is_relevant: bool = True

    @property
    def above_prefix(self) -> str:
        """Give what the addresses of its siblings begin with."""
        return self.above.prefix if self.above else ""


@dataclass(slots=True)
class Model:
    """One response under its instrument.

    Attributes:
        values: Address -> instance text, and `child[#]` -> number of instances.
        today: What `today()` means; `now()` is its midnight, so that no clock is stored.
        is_blank: Nothing was posted: each repeat begins with one empty instance.
        given: Address -> instance text of hidden questions that the server itself fills in, such
            as the number of a pupil's milestone; never taken from a client.
    """

    instrument: Instrument
    values: Mapping[str, str]
    today: date
    is_blank: bool = False
    given: Mapping[str, str] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    by_address: dict[str, Place] = field(default_factory=dict)
    _context: Context = field(init=False)
    _counts: dict[str, int] = field(init=False)
    _later: dict[str, list[tuple[Place, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Grow the tree, then settle each name after all it depends on."""
        root = Place(self.instrument.root, Node("data"), "", "")
        self.places[""] = [root]
        self._counts = posted_counts(self.values)
        self._context = _context(self.instrument, root.node, self.today)
        self._grow(root)
        for name in self.instrument.order:
            self._settle(name)

    def questions(self) -> Iterator[Place]:
        """Visit all questions: by name in document order, instances in their order."""
        for name in self.instrument.questions:
            yield from self.places.get(name, ())

    def is_true(self, expression: Expression | None, place: Place) -> bool:
        """Evaluate a condition where it stands; what is not set is true."""
        if expression is None:
            return True
        try:
            return evaluate_boolean(expression, self._context.at(place.node))
        except ExpressionError:  # it compares too much: then nothing is hidden or refused
            return True

    def offered(self, place: Place) -> frozenset[str]:
        """Give the codes that a select offers here, its choice filter applied."""
        question = place.item
        if not isinstance(question, Question) or question.choice_list is None:
            return frozenset()
        if question.choice_filter is None:
            return question.choice_list.codes
        context, name = self._context.at(place.node), question.choice_list.name
        try:
            kept = filter_items(question.choice_filter, context, name)
        except ExpressionError:
            return question.choice_list.codes
        return frozenset(item["name"] for item in kept)

    def _grow(self, parent: Place) -> None:
        assert isinstance(parent.item, Group)  # noqa: S101 - only groups have anything inside
        for item in parent.item.items:
            if isinstance(item, Question):
                self._plant(item, parent, parent.prefix + item.name, "")
            elif not item.is_repeat:
                self._grow(self._plant(item, parent, parent.prefix + item.name, parent.prefix))
            elif item.repeat_count is None:
                self._add_instances(item, parent, self._wanted(item, parent))
            else:
                place = len(parent.node.children)
                self._later.setdefault(item.name, []).append((parent, place))

    def _plant(self, item: Question | Group, parent: Place, address: str, prefix: str) -> Place:
        node = Node(item.own_name, self._value(item, address))
        planted = Place(item, node, address, prefix, parent)
        parent.node.append(node)
        self._remember(planted)
        return planted

    def _remember(self, place: Place) -> None:
        self.places.setdefault(place.item.name, []).append(place)
        self.by_address[place.address] = place

    def _value(self, item: Question | Group, address: str) -> str:
        if isinstance(item, Group):
            return ""
        if item.type is QuestionType.TODAY:
            return self.today.isoformat()
        if item.type.is_clock or (item.type.is_input and not item.is_read_only):
            return item.default if self.is_blank else self.values.get(address, "")
        if item.type is QuestionType.HIDDEN:
            return self.given.get(address, item.default)
        return item.default

    def _wanted(self, repeat: Group, parent: Place) -> int:
        counted = self._counts.get(addresses.counter(parent.prefix, repeat.name))
        return 1 if counted is None and self.is_blank else min(counted or 0, MOST_INSTANCES)

    def _add_instances(self, repeat: Group, parent: Place, count: int) -> None:
        for number in range(1, count + 1):
            if len(self.by_address) > MOST_PLACES:
                return
            address = addresses.instance(parent.prefix, repeat.name, number)
            self._grow(self._plant(repeat, parent, address, f"{address}/"))

    def _settle(self, name: str) -> None:
        for parent, _ in self._later.pop(name, ()):
            repeat = self.instrument.groups[name]
            self._add_instances(repeat, parent, self._count(repeat, parent))
        for place in self.places.get(name, ()):
            above = place.above is None or place.above.is_relevant
            place.is_relevant = above and self.is_true(place.item.relevant, place)
            place.node.relevant = place.is_relevant
            if place.is_relevant and isinstance(place.item, Question):
                self._compute(place.item, place)

    def _count(self, repeat: Group, parent: Place) -> int:
        if repeat.repeat_count is None:
            return 0
        try:
            number = evaluate_number(repeat.repeat_count, self._context.at(parent.node))
        except ExpressionError:
            return 0
        return int(min(number, MOST_INSTANCES)) if number >= 1 else 0

    def _compute(self, question: Question, place: Place) -> None:
        expression = question.calculation
        is_own = question.type is QuestionType.HIDDEN and place.address not in self.given
        if expression is None and is_own:
            expression = question.default_expression
        if expression is not None and (not question.type.is_input or not place.node.value):
            place.node.value = self._text(expression, place)

    def _text(self, expression: Expression, place: Place) -> str:
        try:
            text = evaluate_string(expression, self._context.at(place.node))
        except ExpressionError:  # it compares too much: what cannot be computed stays blank
            return ""
        return "" if text == "NaN" else text


def posted_counts(values: Mapping[str, str]) -> dict[str, int]:
    """Tell how many instances were posted: as counted, or as far as the addresses reach."""
    counts: dict[str, int] = {}
    for address, value in values.items():
        if address.endswith(f"[{addresses.COUNT}]"):
            number = int(value[:6]) if value.isdecimal() else 0
            counts[address] = max(counts.get(address, 0), number)
        elif "[" in address:
            prefix = ""
            for name, number in addresses.steps(address)[:-1]:
                key = addresses.counter(prefix, name)
                counts[key] = max(counts.get(key, 0), number)
                prefix += f"{name}[{number}]/"
    return counts


def _context(instrument: Instrument, root: Node, today: date) -> Context:
    return Context(
        root=root,
        node=root,
        today=today,
        now=datetime.combine(today, time(), UTC),
        random=SystemRandom().random,
        uuid=lambda: str(uuid4()),
        instances=instrument.list_items,
        choice_labels=instrument.choice_labels,
    )
