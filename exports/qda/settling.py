"""What holds after double coding: passages with what was decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exports.qda.model import Segment, Valence


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A decision: whether a piece of a text has a code, or how the piece speaks of it.

    Attributes:
        source: The key of its text: pseudonym and title.
        start, end: Its characters as a slice of the text, in code points.
        valence: Of the passage that the piece becomes where none has the code.
        is_of_valence: Both coders gave the code: passages get the valence in the piece.
    """

    source: tuple[str, str]
    start: int
    end: int
    code: str
    is_there: bool
    valence: Valence | None = None
    is_of_valence: bool = False


def settle(
    segments: Sequence[Segment],
    decisions: Iterable[Settled],
    texts: Mapping[tuple[str, str], str],
) -> list[Segment]:
    """Give the passages that hold, decision by decision; a later one counts more.

    Where a code was decided to hold and no passage in the piece has it, the piece becomes a
    passage. Where it does not hold, passages lose it in the piece: what reaches outside keeps it.
    Where its valence was decided, passages with the code have it in the piece.
    """
    found = list(segments)
    for decision in decisions:
        text = texts[decision.source]
        if decision.is_of_valence:
            found = [piece for each in found for piece in _spoken(each, decision, text)]
        elif decision.is_there:
            if not any(_has(segment, decision) for segment in found):
                found.append(_passage(decision))
        else:
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
        source=decision.source,
        start=decision.start,
        end=decision.end,
        codes=(decision.code,),
        valence=decision.valence,
    )


def _spoken(segment: Segment, decision: Settled, text: str) -> Iterator[Segment]:
    """Give a passage the decided valence: for the code alone, and inside the piece alone."""
    if not _has(segment, decision) or segment.valence == decision.valence:
        yield segment
        return
    yield from _without(segment, decision, text)
    start, end = max(segment.start, decision.start), min(segment.end, decision.end)
    yield from _cut(segment, start, end, decision.code, text, decision.valence)


def _without(segment: Segment, decision: Settled, text: str) -> Iterator[Segment]:
    if not _has(segment, decision):
        yield segment
        return
    others = tuple(code for code in segment.codes if code != decision.code)
    if others:
        yield replace(segment, codes=others)
    for start, end in ((segment.start, decision.start), (decision.end, segment.end)):
        yield from _cut(segment, start, end, decision.code, text, segment.valence)


def _cut(
    segment: Segment, start: int, end: int, code: str, text: str, valence: Valence | None
) -> Iterator[Segment]:
    """Give what of a passage stands between two places, without the room around it."""
    words = text[start:end]
    if words.strip():
        first = start + len(words) - len(words.lstrip())
        last = start + len(words.rstrip())
        yield replace(segment, start=first, end=last, codes=(code,), valence=valence)
