"""What a half-yearly report says, the same for every kind of file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exports.charts.pictures import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A picture with its table, both numbered.

    Attributes:
        table: The table's caption: number, title, n and definition.
        figure: The drawing's caption; "" without a drawing.
    """

    picture: Picture
    table: str
    figure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some exhibits under a heading; "" where they need none."""

    title: str = ""
    exhibits: Sequence[Exhibit] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter, or an appendix.

    Attributes:
        paragraphs: What it is about, and how many it rests on; or why nothing is shown.
        cautions: What a reader must know before the numbers.
    """

    title: str
    paragraphs: Sequence[str] = ()
    cautions: Sequence[str] = ()
    parts: Sequence[Part] = ()

    @property
    def exhibits(self) -> Iterator[Exhibit]:
        """Yield what it shows."""
        return (each for part in self.parts for each in part.exhibits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delrapport:
    """A half-year's report.

    Attributes:
        language: Its tag with the country, such as sv-SE.
        facts: What it rests on and when it was made, a line each.
        summary: A paragraph each; all of them stand in the chapters too.
    """

    language: str
    title: str
    facts: Sequence[str]
    summary_title: str
    summary: Sequence[str]
    chapters: Sequence[Chapter]
