"""A page of results: what it is about, and its pictures in sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.charts.pictures import Picture


@dataclass(frozen=True, slots=True)
class Section:
    """Some pictures under a heading; "" where they need none."""

    title: str
    pictures: Sequence[Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A page of results.

    Attributes:
        lead: What it is about, and how many it rests on.
        cautions: What a reader must know before the pictures.
        nothing: Why nothing is shown; "" when something is.
    """

    title: str
    lead: str
    cautions: Sequence[str] = ()
    sections: Sequence[Section] = ()
    nothing: str = ""

    def picture(self, name: str) -> Picture | None:
        """Find a picture by the name of its files."""
        found = (each for section in self.sections for each in section.pictures)
        return next((each for each in found if each.name == name), None)
