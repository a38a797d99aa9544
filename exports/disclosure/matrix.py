"""How many interviews mention what, by group, with small numbers hidden.

`code_matrix` takes what `exports.qda.columns.mentions` found and every grouping that will be shown
(role, district ...) at once: groupings that are protected one by one tell of each other. Make it
once for a set of interviews and show it as it is; no filters on top.

Codes overlap, so they are no classes of one table: each is a table of its own, mentioned or not.
What the tables share decides what more is hidden:

1. A group whose size is hidden has everything hidden.
2. A code whose number in all is hidden, or that would need a size hidden, has its whole row hidden.
3. An area (a topic whose codes contain another topic's) gives way to its codes: its row is hidden
   whole when one of its own numbers is, or when it says more of a hidden number of its codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from exports.disclosure.audit import interval
from exports.disclosure.counts import Count, CountTable, Row, Slot, TableIncomplete
from exports.disclosure.protect import protect
from exports.disclosure.rules import RULE_VERSION, STAFF, Profile
from exports.disclosure.symbols import Symbol

MENTIONED, SILENT = "mentioned", "silent"


class Place(NamedTuple):
    """A group of one grouping; both empty for all interviews."""

    grouping: str = ""
    group: str = ""


ALL = Place()


@dataclass(frozen=True, slots=True)
class Topic:
    """A row: a code, or an area with all codes below it.

    Attributes:
        codes: An interview counts when it mentions one of these.
    """

    name: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Interview:
    """What one interview mentions, and its group in each grouping."""

    mentions: AbstractSet[str]
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CodeMatrix:
    """What may be shown: a number or `..` in every cell.

    Attributes:
        places: ALL, then the groups of each grouping, in order: the columns.
        sizes: How many interviews there are.
        cells: How many of these mention a topic, by topic's name and place.
    """

    topics: tuple[Topic, ...]
    places: tuple[Place, ...]
    sizes: Mapping[Place, Count]
    cells: Mapping[tuple[str, Place], Count]
    profile: str
    rule_version: str


def code_matrix(
    interviews: Sequence[Interview],
    topics: Sequence[Topic],
    groupings: Mapping[str, Sequence[str]],
    profile: Profile = STAFF,
) -> CodeMatrix:
    """Count and hide.

    Args:
        interviews: Those whose coding is done.
        groupings: The groups of each, in order; every interview is in one of them.
        profile: For whom; one that rounds is refused, for rows would be rounded apart.

    Raises:
        TableIncomplete: An interview is in no group of a grouping, or a name is there twice.
        ValueError: The profile rounds.
    """
    if profile.rounds_counts:
        raise ValueError(profile.name)
    counts = _Counts(interviews, topics, groupings)
    hiding = _Hiding(counts, profile)
    return CodeMatrix(
        tuple(topics),
        counts.places,
        MappingProxyType(dict(hiding.shown_sizes())),
        MappingProxyType(dict(hiding.shown_cells())),
        profile.name,
        RULE_VERSION,
    )


class _Counts:
    """The true numbers, as tables; must not leave the server."""

    def __init__(
        self,
        interviews: Sequence[Interview],
        topics: Sequence[Topic],
        groupings: Mapping[str, Sequence[str]],
    ) -> None:
        self.topics = tuple(topics)
        # Without any grouping, one of nobody's: all interviews are still to be protected.
        self.groupings = dict(groupings) or {"": ()}
        groups = [Place(g, each) for g, names in groupings.items() for each in names]
        self.places = (ALL, *groups)
        names = [topic.name for topic in topics]
        if len(set(self.places)) != len(self.places) or len(set(names)) != len(names):
            raise TableIncomplete("code matrix")
        self.sizes = dict.fromkeys(self.places, 0)
        self.cells = {(name, place): 0 for name in names for place in self.places}
        for interview in interviews:
            self._count(interview, [t for t in topics if t.codes & interview.mentions])

    def _count(self, interview: Interview, mentioned: Sequence[Topic]) -> None:
        own = [Place(g, interview.groups.get(g, "")) for g in self.groupings if g]
        if not set(own) <= set(self.places):
            raise TableIncomplete("code matrix")
        for place in (ALL, *own):
            self.sizes[place] += 1
            for topic in mentioned:
                self.cells[topic.name, place] += 1

    def size_table(self, grouping: str) -> CountTable:
        parts = self._places(grouping)
        leaves = parts or (ALL,)
        counts = {Slot(_row(place)): self.sizes[place] for place in leaves}
        return CountTable(f"interviews {grouping}", _rows(parts), (), counts)

    def table(self, topic: Topic, grouping: str) -> CountTable:
        parts = self._places(grouping)
        counts: dict[Slot, int] = {}
        for place in parts or (ALL,):
            n = self.cells[topic.name, place]
            counts[Slot(_row(place), MENTIONED)] = n
            counts[Slot(_row(place), SILENT)] = self.sizes[place] - n
        name = f"{topic.name} {grouping}"
        return CountTable(name, _rows(parts), (MENTIONED, SILENT), counts)

    def _places(self, grouping: str) -> tuple[Place, ...]:
        return tuple(Place(grouping, group) for group in self.groupings[grouping])


def _row(place: Place) -> str:
    return "all" if place == ALL else f"group {place.group}"


def _rows(parts: Sequence[Place]) -> Row:
    return Row("all", parts=tuple(Row(_row(place)) for place in parts))


class _Hiding:
    """Which numbers are hidden: of sizes, of cells, and of whole rows."""

    def __init__(self, counts: _Counts, profile: Profile) -> None:
        self._counts = counts
        self._profile = profile
        self._sizes = frozenset(self._hidden_sizes())
        # Of each topic that is shown, its tables by grouping with what is hidden in them.
        self._tables: dict[str, dict[str, tuple[CountTable, frozenset[Slot]]]] = {}
        for topic in counts.topics:
            if tables := self._protected(topic):
                self._tables[topic.name] = tables
        for topic in counts.topics:
            if topic.name in self._tables and self._tells_of_codes(topic):
                del self._tables[topic.name]

    def shown_sizes(self) -> Iterator[tuple[Place, Count]]:
        for place, n in self._counts.sizes.items():
            yield place, Symbol.HIDDEN if place in self._sizes else n

    def shown_cells(self) -> Iterator[tuple[tuple[str, Place], Count]]:
        for (name, place), n in self._counts.cells.items():
            yield (name, place), n if self._is_shown(name, place) else Symbol.HIDDEN

    def _is_shown(self, name: str, place: Place) -> bool:
        if name not in self._tables:
            return False
        tables = self._tables[name]
        own = tables.values() if place == ALL else [tables[place.grouping]]
        return all(Slot(_row(place), MENTIONED) not in hidden for _, hidden in own)

    def _hidden_sizes(self) -> Iterator[Place]:
        for grouping in self._counts.groupings:
            reasons = protect(self._counts.size_table(grouping), self._profile).reasons
            for place in self._counts.places:
                if place.grouping in {"", grouping} and Slot(_row(place)) in reasons:
                    yield place

    def _protected(self, topic: Topic) -> dict[str, tuple[CountTable, frozenset[Slot]]] | None:
        """Protect the topic's tables; None when its whole row is hidden (rules 1 and 2)."""
        if ALL in self._sizes:
            return None
        tables = {}
        for grouping in self._counts.groupings:
            sizes = {Slot(_row(place)) for place in self._sizes if place.grouping == grouping}
            also = {
                Slot(slot.row, column) for slot in sizes for column in (MENTIONED, SILENT, None)
            }
            table = self._counts.table(topic, grouping)
            hidden = frozenset(protect(table, self._profile, also).reasons)
            needs_a_size = any(slot.column is None and slot not in sizes for slot in hidden)
            if needs_a_size or any(slot.row == "all" for slot in hidden):
                return None
            tables[grouping] = table, hidden
        return tables

    def _tells_of_codes(self, area: Topic) -> bool:
        """Tell whether an area's row must go (rule 3)."""
        codes = [each for each in self._counts.topics if each.codes < area.codes]
        if not codes:
            return False
        places = [place for place in self._counts.places if place not in self._sizes]
        return any(
            not self._is_shown(area.name, place)
            or any(self._says_more(area, code, codes, place) for code in codes)
            for place in places
        )

    def _says_more(self, area: Topic, code: Topic, codes: Sequence[Topic], place: Place) -> bool:
        """Tell whether the area's number narrows what a hidden number of a code can be."""
        if self._is_shown(code.name, place):
            return False
        n = self._counts.cells[area.name, place]
        others = sum(self._counts.cells[each.name, place] for each in codes if each is not code)
        if n - others > 1:
            return True
        if code.name not in self._tables:
            return False
        table, hidden = self._tables[code.name][place.grouping]
        return n < interval(table, hidden, Slot(_row(place), MENTIONED))[1]
