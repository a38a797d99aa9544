"""Who has reached eligibility for upper-secondary school, and who has lost it."""

from __future__ import annotations

from flask_babel import gettext

from exports.charts.pictures import Picture
from exports.results.grades import Comparison
from exports.results.printing import Printed
from survey_app.results.words import hidden_notes, printer


def eligibility(key: str, of: Comparison) -> Picture:
    """Show the 2x2 table of each target on a row, with its exact test."""
    show = printer().figure
    names = {
        "all_core": gettext("Swedish, English and mathematics passed"),
        "elig_yrk": gettext("Eligible for vocational programmes"),
        "elig_any_hogskoleforb": gettext("Eligible for a programme that prepares for university"),
    }
    rows = [
        [Printed(names[each.target]),
         *map(show, (each.stayed, each.gained, each.lost, each.never, each.both, each.p))]
        for each in of.eligibility
    ]  # fmt: skip
    return Picture(
        name=f"{key}eligibility",
        title=gettext("Eligibility for upper-secondary school"),
        sentence=" ".join(_gained(*row[:4]) for row in rows),
        head=[
            "",
            gettext("Both terms"),
            gettext("Only the second term"),
            gettext("Only the first term"),
            gettext("Neither"),
            gettext("Pupils"),
            gettext("p (McNemar, exact)"),
        ],
        rows=rows,
        notes=[
            gettext(
                "p says how often a difference as large as between those who reached it and those "
                "who lost it would come by chance alone. It is hidden where one of the two numbers "
                "is."
            ),
            *hidden_notes(rows),
        ],
    )  # fmt: skip


def _gained(what: Printed, _: Printed, gained: Printed, lost: Printed) -> str:
    if gained.is_hidden or lost.is_hidden:
        return gettext("%(what)s: not shown in full, because the groups are small.", what=what.text)
    return gettext(
        "%(what)s: %(gained)s pupils have reached it and %(lost)s have lost it.",
        what=what.text,
        gained=gained.text,
        lost=lost.text,
    )
