"""What a page shows, block by block: questions, groups under headings, instances of repeats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from forms import addresses
from forms.instrument import Group, Question, is_shown

# How many instances of a repeat are shown under a parent, told by the parent's prefix.
Counts = Callable[[str, Group], int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question at its address."""

    question: Question
    address: str

    def questions(self) -> Iterator[Asked]:
        """Visit what can be filled in."""
        yield self


@dataclass(frozen=True, slots=True)
class Section:
    """A group inside a page, under its own heading."""

    group: Group
    blocks: Sequence[Block]

    def questions(self) -> Iterator[Asked]:
        """Visit what can be filled in."""
        for block in self.blocks:
            yield from block.questions()


@dataclass(frozen=True, slots=True)
class Instance:
    """One time that a repeat is answered.

    Attributes:
        number: From 1; the pattern that the browser copies has none.
    """

    address: str
    number: int | None
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeat with its instances, and the pattern of a new one.

    Attributes:
        counter: The name under which the number of instances is posted.
        can_change: The respondent adds and removes; else the author's count decides.
    """

    group: Group
    address: str
    counter: str
    instances: Sequence[Instance]
    pattern: Instance
    can_change: bool

    def questions(self) -> Iterator[Asked]:
        """Visit what can be filled in, and the pattern's questions."""
        for instance in (*self.instances, self.pattern):
            for block in instance.blocks:
                yield from block.questions()


Block = Asked | Section | Repeat


def lay_out(items: Sequence[Question | Group], counts: Counts, prefix: str = "") -> list[Block]:
    """Lay out the items of a page; calculated and hidden questions have no block."""
    return [block for item in items if (block := _block(item, counts, prefix)) is not None]


def _block(item: Question | Group, counts: Counts, prefix: str) -> Block | None:
    if isinstance(item, Question):
        return Asked(item, prefix + item.name) if is_shown(item) else None
    if not item.is_repeat:
        blocks = lay_out(item.items, counts, prefix)
        return Section(item, blocks) if blocks else None
    numbers = range(1, _count(item, counts, prefix) + 1)
    return Repeat(
        group=item,
        address=prefix + item.name,
        counter=addresses.counter(prefix, item.name),
        instances=[_instance(item, counts, prefix, number) for number in numbers],
        pattern=_instance(item, counts, prefix, None),
        can_change=item.repeat_count is None,
    )


def _count(repeat: Group, counts: Counts, prefix: str) -> int:
    """Count what is shown; inside a pattern a repeat begins as on an empty page."""
    if f"[{addresses.NEW}]" in prefix:
        return 1 if repeat.repeat_count is None else 0
    return counts(prefix, repeat)


def _instance(repeat: Group, counts: Counts, prefix: str, number: int | None) -> Instance:
    address = addresses.instance(prefix, repeat.name, addresses.NEW if number is None else number)
    return Instance(address, number, lay_out(repeat.items, counts, f"{address}/"))
