"""How a note is shown: paragraphs of sentences, cut where the codes of its passages change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey_app.actions.coding.schemes import Node
from survey_app.actions.coding.spans import Span, paragraphs, sentences
from survey_app.actions.coding.texts import Note
from survey_app.store.coding import Segment

QUOTE = 160  # letters of a passage in a list


@dataclass(frozen=True, slots=True)
class Run:
    """Words that have the same codes.

    Attributes:
        colour: Of the first of them, 1-8; 0 for a coded passage without, None for no code at all.
        depth: How many passages overlap here.
    """

    start: int
    text: str
    colour: int | None
    depth: int


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, which can be chosen by keyboard."""

    start: int
    stop: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A note with its text laid out."""

    note: Note
    paragraphs: tuple[tuple[Line, ...], ...]


def shown(note: Note, nodes: Mapping[int, Node]) -> Shown:
    """Lay out a note."""
    text = note.text.text
    return Shown(
        note,
        tuple(
            tuple(
                Line(span.start, span.stop, tuple(_runs(text, span, note.segments, nodes)))
                for span in sentences(text, paragraph)
            )
            for paragraph in paragraphs(text)
        ),
    )


def _runs(
    text: str, within: Span, segments: Sequence[Segment], nodes: Mapping[int, Node]
) -> Iterator[Run]:
    here = [each for each in segments if each.start < within.stop and within.start < each.stop]
    edges = {within.start, within.stop}
    for each in here:
        edges |= {max(each.start, within.start), min(each.stop, within.stop)}
    cuts = sorted(edges)
    for start, stop in pairwise(cuts):
        over = [each for each in here if each.start <= start and stop <= each.stop]
        yield Run(start, text[start:stop], _colour(over, nodes), len(over))


def _colour(over: Sequence[Segment], nodes: Mapping[int, Node]) -> int | None:
    """Give the colour of the shortest passage, which is the one that a longer one would hide."""
    if not over:
        return None
    shortest = min(over, key=lambda each: each.stop - each.start)
    colours = (nodes[code].colour for code in sorted(shortest.codes) if code in nodes)
    return next((colour for colour in colours if colour), 0)


def quote_of(words: str) -> str:
    """Cut a passage for a list."""
    return words if len(words) <= QUOTE else words[:QUOTE].rstrip() + "…"
