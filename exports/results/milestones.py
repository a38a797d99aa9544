"""Milestones (delmål) month by month: how many pupils have reached theirs, and the mean T-score.

The T-score rests on how hard the goals were set, so the plain share reached stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from exports.derived.gas import REACHED, Rating, t_score
from exports.disclosure.counts import Count
from exports.disclosure.guard import Guard
from exports.disclosure.rules import K
from exports.disclosure.symbols import Symbol
from exports.results.figures import mean_of, one_row
from exports.results.genders import OfGender, by_gender

ALL, SOME, NONE = "all", "some", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneMonth:
    """What may be shown of one period.

    Attributes:
        pupils: With a milestone that was rated.
        reached_all, reached_some, reached_none: Of them, by how many of theirs they have reached;
            all three or none: where nobody has reached some of theirs, the mean share tells how
            many have reached all, so a zero may not stand beside hidden ones.
        share: Of each pupil's rated milestones that are reached; mean in per cent. Where the
            classes are hidden, not if fewer than five pupils' worth were reached, or were not: of
            15 with one milestone each, 93.3 per cent are 14.
        t: Mean T-score, 50 where goals are met as expected; not without the share.
        genders: Of each class the share and the T-score; empty where it was not asked for.
    """

    period: str
    pupils: Count
    reached_all: Count
    reached_some: Count
    reached_none: Count
    share: Decimal | Symbol
    t: Decimal | Symbol
    genders: tuple[OfGender, ...] = ()


def month_of(
    period: str,
    ratings: Sequence[Sequence[Rating]],
    guard: Guard | None = None,
    genders: Sequence[str] = (),
) -> MilestoneMonth:
    """Count one period.

    Args:
        ratings: One list for each pupil; one without any rated milestone is left out.
        genders: Of the same pupils, the class of each (`genders.CLASSES`).

    Raises:
        DifferenceTells: Beside what was shown of it before, nothing can be.
    """
    guard = guard or Guard()
    found = [t_score(each) for each in ratings]
    scores = [Fraction(score) for score in found if score is not None]
    classes = [of for of, score in zip(genders, found, strict=False) if score is not None]
    levels = [
        [rating.level for rating in each if rating.level is not None]
        for each, score in zip(ratings, found, strict=True)
        if score is not None
    ]
    shares = [Fraction(sum(one >= REACHED for one in own), len(own)) for own in levels]
    counts = _together(
        one_row(
            {
                ALL: sum(share == 1 for share in shares),
                SOME: sum(0 < share < 1 for share in shares),
                NONE: sum(share == 0 for share in shares),
            },
            guard,
            "reached",
        )
    )
    reached = sum(shares, Fraction(0))
    is_told = counts[ALL] is not Symbol.HIDDEN or K <= reached <= len(shares) - K
    share = mean_of(100 * reached, len(shares), guard, "share", is_told=is_told)
    t = mean_of(sum(scores, Fraction(0)), len(scores), guard, "t", is_told=is_told)
    values = {"share": [100 * each for each in shares], "t": scores}
    return MilestoneMonth(
        period=period,
        pupils=counts[None],
        reached_all=counts[ALL],
        reached_some=counts[SOME],
        reached_none=counts[NONE],
        share=share,
        t=t,
        genders=by_gender(classes, values, counts[None], guard) if genders else (),
    )


def _together(counts: Mapping[str | None, Count]) -> Mapping[str | None, Count]:
    """Hide all classes where one is hidden; the number of all stands as it was."""
    if Symbol.HIDDEN not in counts.values():
        return counts
    return {name: n if name is None else Symbol.HIDDEN for name, n in counts.items()}
