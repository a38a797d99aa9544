"""What holds after double coding: passages with what was decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exports.qda.model import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A decision: whether a piece of a text has a code.

    Attributes:
        source: The key of its text: pseudonym and title.
        start, end: Its characters as a slice of the text, in code points.
    """

    source: tuple[str, str]
    start: int
    end: int
    code: str
    is_there: bool


def settle(
    segments: Sequence[Segment],
    decisions: Iterable[Settled],
    texts: Mapping[tuple[str, str], str],
) -> list[Segment]:
    """Give the passages that hold, decision by decision; a later one counts more.

    Where a code was decided to hold and no passage in the piece has it, the piece becomes a
    passage. Where it does not hold, passages lose it in the piece: what reaches outside keeps it.
    """
    found = list(segments)
    for decision in decisions:
        if decision.is_there:
            if not any(_has(segment, decision) for segment in found):
                found.append(_passage(decision))
        else:
            text = texts[decision.source]
            found = [piece for each in found for piece in _without(each, decision, text)]
    return sorted(found, key=lambda each: (each.source, each.start, each.end, each.codes))


def _has(segment: Segment, decision: Settled) -> bool:
    """Tell whether a passage with the code reaches into the piece."""
    return (
        segment.source == decision.source
        and decision.code in segment.codes
        and segment.start < decision.end
        and decision.start < segment.end
    )


def _passage(decision: Settled) -> Segment:
    return Segment(
        source=decision.source, start=decision.start, end=decision.end, codes=(decision.code,)
    )


def _without(segment: Segment, decision: Settled, text: str) -> Iterator[Segment]:
    if not _has(segment, decision):
        yield segment
        return
    others = tuple(code for code in segment.codes if code != decision.code)
    if others:
        yield replace(segment, codes=others)
    outside = ((segment.start, decision.start), (decision.end, segment.end))
    for start, end in outside:
        words = text[start:end]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            yield replace(
                segment, start=first, end=start + len(words.rstrip()), codes=(decision.code,)
            )
