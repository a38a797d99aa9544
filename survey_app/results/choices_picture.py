"""A question with several answers at once, as a picture; and notes on how shares are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext

from exports.charts.drawings import Bar, Diverging, Segment
from exports.charts.pictures import Picture
from exports.disclosure.shares import Bound, Share
from exports.results.choices import ChoiceResult, ChoicesResult
from exports.results.printing import Printed
from survey_app.results.words import authors, hidden_notes, in_per_cent, printer

BETTER = 1  # the light colour; no answer is better than another here


def choices_picture(number: int, of: ChoicesResult) -> Picture:
    """Show the share that ticked each alternative."""
    show = printer().figure
    rows = [
        [Printed(authors(each.choice.label) or each.choice.name), show(each.share)]
        for each in of.choices
    ]
    bars = [
        Bar(row[0].text, [Segment(_drawn(each), BETTER)])
        for row, each in zip(rows, of.choices, strict=True)
    ]
    return Picture(
        name=f"choices-{number}",
        title=authors(of.question.label),
        sentence=_sentence(rows, show(of.n)),
        head=[gettext("Chosen answer"), gettext("Share, %")],
        rows=rows,
        notes=notes_of(rows),
        drawing=Diverging(bars, []),
        n=show(of.n),
    )


def _drawn(of: ChoiceResult) -> Printed:
    """Draw no bar for a share of which only the most is known."""
    printed = printer().figure(of.share)
    is_upper = isinstance(of.share, Share) and of.share.bound is Bound.AT_MOST
    return replace(printed, number=None) if is_upper else printed


def _sentence(rows: Sequence[Sequence[Printed]], n: Printed) -> str:
    first = gettext("%(n)s have answered, and could choose several.", n=n.text)
    if n.is_hidden:
        first = gettext("How many have answered is hidden, because the group is small.")
    shares = "; ".join(f"{label.text} {in_per_cent(share)}" for label, share in rows)
    return f"{first} {shares}."


def notes_of(rows: Sequence[Sequence[Printed]]) -> list[str]:
    """Explain the signs that a table has."""
    notes = hidden_notes(rows)
    if any(not cell.is_exact for row in rows for cell in row):
        notes.append(
            gettext(
                "≥ means at least and ≤ at most; 46–49 means that the number lies between. So it "
                "is written where all but a few answered alike."
            )
        )
    return notes
