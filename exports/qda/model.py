"""What a coded set of interviews is, in plain values; whoever has a database fills them in.

How to call it: make `Code`s in the order of the codebook (a parent before or after its
children), `Source`s, and the final `Segment`s. Then

- `codebook.write_codebook(codes)` gives the bytes of a .qdc, `project.write_project(title, codes,
  sources, segments)` those of a .qdpx;
- `columns.code_columns(codes, segments, interviews, coded)` gives columns for the workbook;
- `columns.mentions(...)` gives what `exports.disclosure.matrix.code_matrix` counts by group;
- `quotes.refusal_of(quote)` says why a quotation may not leave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from exports.errors import ExportError


class Valence(StrEnum):
    """How somebody spoke of what a passage is about."""

    GOOD = "+"
    NEUTRAL = "0"
    BAD = "-"
    MIXED = "+-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of the codebook.

    Attributes:
        name: What it is called in the codebook, such as före:frånvaro; each once.
        label: What is shown for it; the name when empty.
        parent: The name of the code that it belongs to; "" for an area at the top.
        colour: #RRGGBB or #RGB; anything else is left out of files.
        is_codable: False for a heading that no passage can carry.
        key: What stays the same when the code is renamed, such as its number in the database, so
            that other tools know it again; the name when empty.
    """

    name: str
    label: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    parent: str = ""
    colour: str = ""
    is_codable: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One text that was coded: the notes or the transcript of one interview.

    Attributes:
        pseudonym: Of the case; sources of one case carry the same.
        title: Tells sources of one case apart, such as the question; "" when there is one.
        text: As it was coded. Positions count its code points, as Python does.
        attributes: What is known of the case, such as role or district; no names.
    """

    pseudonym: str
    title: str = ""
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Tell it from other sources."""
        return self.pseudonym, self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A passage and its codes.

    Attributes:
        source: The key of its source: pseudonym and title.
        start, end: Its characters as a slice of the source's text, in code points.
        codes: Names of codes, at least one.
        coder: Any sign of who coded; files say "Coder 1" in the order of appearance.
        day: When it was coded; no time of the day.
    """

    source: tuple[str, str]
    start: int
    end: int
    codes: tuple[str, ...]
    valence: Valence | None = None
    memo: str = ""
    coder: str = ""
    day: date | None = None


class CodingMisfit(ExportError):
    """Codes, texts and passages do not fit together: nothing is written."""


def check_codes(codes: Sequence[Code]) -> None:
    """Refuse a codebook with a name twice, an unknown parent, or a ring of parents."""
    parents = {code.name: code.parent for code in codes}
    if len(parents) != len(codes) or "" in parents:
        raise CodingMisfit("A code has no name of its own.")
    for name in parents:
        line = {name}
        while parent := parents[name]:
            if parent not in parents or parent in line:
                raise CodingMisfit(f"The code {name} has no place: its parent is {parent}.")
            line.add(parent)
            name = parent  # noqa: PLW2901  # climbs


def check_segments(
    codes: Sequence[Code], sources: Sequence[Source], segments: Sequence[Segment]
) -> None:
    """Refuse passages outside their text, of no text, or with codes that do not exist."""
    lengths = {source.key: len(source.text) for source in sources}
    if len(lengths) != len(sources):
        raise CodingMisfit("Two texts have the same pseudonym and title.")
    codable = {code.name for code in codes if code.is_codable}
    for segment in segments:
        if not 0 <= segment.start < segment.end <= lengths.get(segment.source, -1):
            raise CodingMisfit(f"A passage lies outside its text: {segment.source[0]}.")
        if not segment.codes or not codable.issuperset(segment.codes):
            raise CodingMisfit(f"A passage has no code, or an unknown one: {segment.source[0]}.")


def children_of(codes: Sequence[Code]) -> dict[str, list[Code]]:
    """Give the codes below each, in the codebook's order; under "" the areas."""
    children: dict[str, list[Code]] = {"": []}
    for code in codes:
        children.setdefault(code.parent, []).append(code)
    return children


def areas_of(codes: Sequence[Code]) -> dict[str, str]:
    """Give the area at the top that each code belongs to, by name."""
    parents = {code.name: code.parent for code in codes}
    areas = {}
    for name in parents:
        top = name
        while parents[top]:
            top = parents[top]
        areas[name] = top
    return areas
