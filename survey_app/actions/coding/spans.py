"""Places in a text: paragraphs and sentences to choose by keyboard, and where words went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PARAGRAPH = re.compile(r"[^\r\n]+")
# The end of a sentence in Latin, Arabic and Ethiopic writing, with what closes it, and the room.
_SENTENCE = re.compile(r"""[^.!?…؟۔።]*(?:[.!?…؟۔።]+["'”’»)\]]*(?:\s+|$)|[.!?…؟۔።]+|$)""")


class Span(NamedTuple):
    """Characters (code points) of a text, as a slice."""

    start: int
    stop: int


def paragraphs(text: str) -> list[Span]:
    """Give the lines of a text that are not blank, without the room around them."""
    found = (trimmed(text, Span(*match.span())) for match in _PARAGRAPH.finditer(text))
    return [span for span in found if span.start < span.stop]


def sentences(text: str, within: Span) -> Iterator[Span]:
    """Give the sentences of a paragraph one after the other, each with the room behind it.

    A full stop inside a word or a number ends nothing.
    """
    start = at = within.start
    while at < within.stop:
        match = _SENTENCE.match(text, at, within.stop)
        at = match.end() if match and match.end() > at else within.stop
        if at == within.stop or text[at - 1].isspace():
            yield Span(start, at)
            start = at
    if start < within.stop:
        yield Span(start, within.stop)


def trimmed(text: str, span: Span) -> Span:
    """Take the room off both ends; what is nothing else becomes empty."""
    words = text[span.start : span.stop]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def found_unchanged(old: str, new: str, span: Span) -> Span | None:
    """Find a passage of a text in a corrected one, if there is no doubt where it stands.

    Either everything before it, or everything after it, is as it was; or its words stand in both
    texts once, as whole words.
    """
    at = _place(old, new, span)
    if at is None:
        return None
    place = Span(at, at + span.stop - span.start)
    return place if _is_cut(old, span) == _is_cut(new, place) else None


def _place(old: str, new: str, span: Span) -> int | None:
    before = _alike(old, new)
    if span.stop <= before:
        return span.start
    most = min(len(old), len(new)) - before
    after = min(_alike(old[::-1], new[::-1]), most)
    if span.start >= len(old) - after:
        return span.start + len(new) - len(old)
    words = re.compile(rf"(?<!\w){re.escape(old[span.start : span.stop])}(?!\w)")
    there = [match.start() for match in words.finditer(old)]
    places = [match.start() for match in words.finditer(new)]
    return places[0] if len(places) == 1 and there == [span.start] else None


def _is_cut(text: str, span: Span) -> tuple[bool, bool]:
    """Tell whether a passage begins, and ends, inside a word."""
    parts = (text[max(0, edge - 1) : edge + 1] for edge in span)
    begins, ends = (bool(re.fullmatch(r"\w\w", part)) for part in parts)
    return begins, ends


def _alike(one: str, other: str) -> int:
    """Count the first characters that two texts share."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
