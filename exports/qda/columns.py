"""What was said, as columns beside the closed answers: one row per interview.

Per code and per area (with all codes below it) two columns: whether it was mentioned (1, 0), and
in how many passages. An interview that has not been coded has NA in all of them: not mentioned is
something else than not looked for.

Pass the final passages only: after double coding those that were settled on, or of one coder, or
every passage is counted twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from exports.cells import NOT_ANSWERED
from exports.qda.model import Code, Segment, areas_of, check_codes
from forms.marking import N_

CODE, AREA, COUNT = "code__", "area__", "__count"
LONGEST = 32  # what Stata allows; SPSS has room for 64 bytes
MENTIONED = N_("Mentioned: %(code)s")
PASSAGES = N_("Number of passages: %(code)s")
MENTIONED_AREA = N_("Mentioned, with all codes below: %(code)s")
PASSAGES_AREA = N_("Number of passages, with all codes below: %(code)s")

_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """One column.

    Attributes:
        name: Letters, digits and _, at most 32, each once; starts with `code__` or `area__`.
        phrase: Its label, an English sentence to translate, with the gap `code`.
        code: What fills the gap: the code's label.
        is_yes_no: The values are 1 and 0; otherwise a number of passages.
        cells: A number for each interview, in the order given; NA when it was not coded.
    """

    name: str
    phrase: str
    code: str
    is_yes_no: bool
    cells: tuple[int | str, ...]


def code_columns(
    codes: Sequence[Code],
    segments: Iterable[Segment],
    interviews: Sequence[str],
    coded: Collection[str],
) -> list[CodeColumn]:
    """Lay out the columns: areas first, then codes, each with its count, in the codebook's order.

    Args:
        interviews: Pseudonyms, one per row, in the order of the rows.
        coded: Of these, whose coding is done.

    Raises:
        CodingMisfit: The codebook's tree is broken.
    """
    check_codes(codes)
    areas = areas_of(codes)
    counts = _passages(segments, areas)
    wanted = [(AREA, code) for code in codes if _has_children(code, codes)]
    wanted += [(CODE, code) for code in codes if code.is_codable]
    columns: list[CodeColumn] = []
    for (prefix, code), name in zip(wanted, _names(wanted), strict=True):
        numbers = counts[prefix, code.name]
        cells = [numbers[each] if each in coded else NOT_ANSWERED for each in interviews]
        columns += _pair(prefix, code, name, cells)
    return columns


def mentions(
    codes: Sequence[Code], segments: Iterable[Segment], interviews: Iterable[str]
) -> dict[str, frozenset[str]]:
    """Give the codes that each interview mentions, by pseudonym, for tables of counts."""
    known = {code.name for code in codes}
    found: dict[str, set[str]] = {pseudonym: set() for pseudonym in interviews}
    for segment in segments:
        if segment.source[0] in found:
            found[segment.source[0]].update(known.intersection(segment.codes))
    return {pseudonym: frozenset(names) for pseudonym, names in found.items()}


def _pair(
    prefix: str, code: Code, name: str, cells: Sequence[int | str]
) -> tuple[CodeColumn, CodeColumn]:
    is_area = prefix == AREA
    label = code.label or code.name
    ticks = tuple(min(each, 1) if isinstance(each, int) else each for each in cells)
    return (
        CodeColumn(name, MENTIONED_AREA if is_area else MENTIONED, label, True, ticks),
        CodeColumn(
            name + COUNT, PASSAGES_AREA if is_area else PASSAGES, label, False, tuple(cells)
        ),
    )


def _passages(
    segments: Iterable[Segment], areas: Mapping[str, str]
) -> Mapping[tuple[str, str], Counter[str]]:
    """Count passages by code and by area; a passage with two codes of an area counts once there.

    A passage is its words: where its codes were settled apart, it comes as several segments.
    """
    there = set()
    for segment in segments:
        words = (segment.source, segment.start, segment.end)
        names = set(segment.codes) & areas.keys()
        there |= {((CODE, name), words) for name in names}
        there |= {((AREA, areas[name]), words) for name in names}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for column, (source, _, _) in there:
        counts[column][source[0]] += 1
    return counts


def _has_children(code: Code, codes: Iterable[Code]) -> bool:
    return not code.parent and any(other.parent == code.name for other in codes)


def _names(wanted: Iterable[tuple[str, Code]]) -> list[str]:
    """Make a name for each that every program takes: fore_franvaro for före:frånvaro."""
    taken: set[str] = set()
    names = []
    for prefix, code in wanted:
        number, name = 1, _fitting(prefix, code.name, "")
        while name in taken:
            number += 1
            name = _fitting(prefix, code.name, f"_{number}")
        taken.add(name)
        names.append(name)
    return names


def _fitting(prefix: str, text: str, ending: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    safe = _UNSAFE.sub("_", plain).strip("_") or "x"
    room = LONGEST - len(prefix) - len(COUNT) - len(ending)
    return prefix + safe[:room].rstrip("_") + ending


def together(
    mentioned: Mapping[str, AbstractSet[str]], codes: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Count in how many interviews two codes come together, a before b in the order given.

    For those who code, who read the texts anyway: what others see comes from
    `exports.disclosure.matrix`.
    """
    return {
        (a, b): sum(a in names and b in names for names in mentioned.values())
        for place, a in enumerate(codes)
        for b in codes[place + 1 :]
    }
