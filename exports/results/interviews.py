"""How many interviews mention a code, by group and together with others: only what may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from exports.disclosure.counts import Count
from exports.disclosure.matrix import ALL, CodeMatrix, Interview, Place, Topic, code_matrix
from exports.disclosure.rules import SMALLEST_ENKAT, K
from exports.disclosure.symbols import Symbol
from exports.disclosure.together import protect_together
from exports.qda.columns import together
from exports.qda.model import Code, areas_of

# How interviews are grouped, and how many each group must have (R1, R2): fixed, without filters.
GROUPINGS: Mapping[str, int] = {
    "role": K,
    "district": SMALLEST_ENKAT,
    "gender": SMALLEST_ENKAT,
    "year_group": SMALLEST_ENKAT,
}
OTHERS = "\x1fothers"  # what is too small to stand alone, and what is not known
MOST_TOGETHER = 12  # codes beside each other in a picture


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a code, or an area with all codes below it."""

    name: str
    code: Code
    is_area: bool


@dataclass(frozen=True, slots=True)
class InterviewFigures:
    """What may be shown of a round's coded interviews.

    Attributes:
        lines: What a table has: codes, and areas of which a number is shown.
        areas: The labels of the areas that codes belong to, by the code's name.
        together: In how many interviews two codes come together, by their names; of those that
            are mentioned most.
        codes: Which these are, in the codebook's order.
    """

    lines: Sequence[Line]
    areas: Mapping[str, str]
    matrix: CodeMatrix
    together: Mapping[tuple[str, str], Count]
    codes: Sequence[Code]

    def mentioned(self, line: Line, place: Place = ALL) -> Count:
        """Give how many mention it."""
        return self.matrix.cells[line.name, place]


def figures_of(
    codes: Sequence[Code],
    mentioned: Mapping[str, AbstractSet[str]],
    known: Mapping[str, Mapping[str, str]],
) -> InterviewFigures | None:
    """Count interviews whose coding is done; None where they are too few to tell anything.

    Args:
        mentioned: The codes of each interview.
        known: What is known of each, by the names of `GROUPINGS`.
    """
    if len(mentioned) < K:
        return None
    lines = lines_of(codes)
    groups = {case: dict[str, str]() for case in mentioned}
    classes: dict[str, Sequence[str]] = {}
    for grouping, smallest in GROUPINGS.items():
        found = {case: known[case].get(grouping, "") for case in mentioned}
        merged = merge_small(found, smallest)
        if len(set(merged.values())) > 1:
            classes[grouping] = sorted(
                set(merged.values()), key=lambda each: (each == OTHERS, each)
            )
            for case, group in merged.items():
                groups[case][grouping] = group
    interviews = [Interview(names, groups[case]) for case, names in mentioned.items()]
    matrix = code_matrix(interviews, _topics(lines, codes), classes)
    pairs, chosen = _pairs(lines, matrix, mentioned)
    told = [line for line in lines if not _is_idle(line, codes, matrix)]
    return InterviewFigures(told, _area_labels(codes), matrix, pairs, chosen)


def lines_of(codes: Sequence[Code]) -> list[Line]:
    """Give the rows: each area that has codes below it, then all that can be given."""
    lines = []
    for code in codes:
        if not code.parent and any(other.parent == code.name for other in codes):
            lines.append(Line(f"area {code.name}", code, is_area=True))
        if code.is_codable:
            lines.append(Line(f"code {code.name}", code, is_area=False))
    return lines


def _is_idle(line: Line, codes: Sequence[Code], matrix: CodeMatrix) -> bool:
    """Tell whether a row says nothing: a heading that nobody gave, an area that is hidden."""
    shown = matrix.cells[line.name, ALL]
    is_heading = any(other.parent == line.code.name for other in codes)
    return shown is Symbol.HIDDEN if line.is_area else is_heading and shown == 0


def merge_small(groups: Mapping[str, str], smallest: int) -> dict[str, str]:
    """Put groups that are too small together, and the smallest of the others if need be.

    Args:
        groups: The group of each; "" where it is not known, which is no group of its own.
    """
    sizes = Counter(each for each in groups.values() if each)
    small = {group for group, size in sizes.items() if size < smallest}
    in_order = sorted(sizes, key=lambda each: (sizes[each], each))
    rest = sum(not each for each in groups.values())

    def size_of_others() -> int:
        return rest + sum(sizes[each] for each in small)

    while 0 < size_of_others() < smallest and len(small) < len(sizes):
        small.add(next(each for each in in_order if each not in small))
    return {
        case: OTHERS if not group or group in small else group for case, group in groups.items()
    }


def _area_labels(codes: Sequence[Code]) -> dict[str, str]:
    labels = {code.name: code.label or code.name for code in codes}
    return {name: labels[area] for name, area in areas_of(codes).items() if name != area}


def _topics(lines: Sequence[Line], codes: Sequence[Code]) -> list[Topic]:
    areas = areas_of(codes)
    return [
        Topic(
            line.name,
            frozenset(name for name, area in areas.items() if area == line.code.name)
            if line.is_area
            else frozenset([line.code.name]),
        )
        for line in lines
    ]


def _pairs(
    lines: Sequence[Line], matrix: CodeMatrix, mentioned: Mapping[str, AbstractSet[str]]
) -> tuple[Mapping[tuple[str, str], Count], Sequence[Code]]:
    """Count the pairs of the codes that are mentioned most, of those whose number is shown."""
    alone = {
        line.code.name: n
        for line in lines
        if not line.is_area and isinstance(n := matrix.cells[line.name, ALL], int) and n
    }
    most = sorted(alone, key=lambda name: -alone[name])[:MOST_TOGETHER]
    chosen = [line.code for line in lines if not line.is_area and line.code.name in most]
    names = [code.name for code in chosen]
    both = together(mentioned, names)
    shown = {name: alone[name] for name in names}
    pairs = protect_together(len(mentioned), shown, both)
    return {pair: pairs[pair] for pair in combinations(names, 2)}, chosen
