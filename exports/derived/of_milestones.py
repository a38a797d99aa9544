"""How far a pupil's milestones are reached in a month, out of the monthly report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from exports.cells import Cell, whole_number
from exports.derived import gas
from exports.derived.gas import Rating
from exports.derived.variable import Derived
from exports.responses import instance_counts
from forms import addresses
from forms.answers import Answers
from forms.marking import N_

REPEAT = "delmal"
LEVEL, WEIGHT, BASELINE = "delmal_niva", "delmal_vikt", "delmal_utgangslage"


def ratings_in(answers: Answers) -> list[Rating]:
    """Read the level and weight of each milestone; the weight is 1 when none is given."""
    return [Rating(level, weight) for level, weight, _ in _milestones(answers)]


def baselines_in(answers: Answers) -> list[Rating]:
    """Read the levels at the start of the milestones that are rated now."""
    return [
        Rating(baseline if level is not None else None, weight)
        for level, weight, baseline in _milestones(answers)
    ]


def _milestones(answers: Answers) -> list[tuple[int | None, int, int | None]]:
    count = instance_counts(answers).get(REPEAT, 0)
    prefixes = [f"{addresses.instance('', REPEAT, each)}/" for each in range(1, count + 1)]
    return [
        (
            _level(answers.values.get(prefix + LEVEL, "")),
            max(whole_number(answers.values.get(prefix + WEIGHT, "")) or 1, 1),
            _level(answers.values.get(prefix + BASELINE, "")),
        )
        for prefix in prefixes
    ]


def _level(text: str) -> int | None:
    level = whole_number(text)
    return level if level in gas.LEVELS else None


def _t_score(answers: Answers) -> Cell | None:
    score = gas.t_score(ratings_in(answers))
    return None if score is None else Fraction(score)


def _t_change(answers: Answers) -> Cell | None:
    before, now = baselines_in(answers), ratings_in(answers)
    if gas.rated(before) < gas.rated(now):
        return None
    change = gas.t_change(before, now)
    return None if change is None else Fraction(change)


def _share(answers: Answers) -> Cell | None:
    share = gas.share_reached(ratings_in(answers))
    return None if share is None else Decimal(repr(share))


def _number(count: Callable[[Sequence[Rating]], int]) -> Callable[[Answers], Cell]:
    return lambda answers: count(ratings_in(answers))


def _column(
    name: str, phrase: str, formula: str, of: Callable[[Answers], Cell | None], *sources: str
) -> Derived:
    patterns = frozenset(f"{REPEAT}[]/{source}" for source in sources)
    return Derived(name=name, phrase=phrase, formula=formula, sources=patterns, of=of)


MILESTONES = (
    _column(
        "gas_t",
        N_("T-score of the milestones (GAS)"),
        N_(
            "50 + 10 × sum(w × x) / square root of (0.7 × sum(w × w) + 0.3 × sum(w) × sum(w)), x "
            "the level (delmal_niva), w the weight (delmal_vikt); milestones that cannot be judged "
            "are left out; undefined when none is rated. Kiresuk & Sherman 1968."
        ),
        _t_score,
        LEVEL,
        WEIGHT,
    ),
    _column(
        "gas_t_andring",
        N_("Change of the T-score since the start"),
        N_(
            "gas_t minus the T-score of the same milestones at their levels at the start "
            "(delmal_utgangslage); undefined when none is rated or a start is unknown."
        ),
        _t_change,
        LEVEL,
        WEIGHT,
        BASELINE,
    ),
    _column(
        "gas_andel_natt",
        N_("Share of rated milestones that are reached, 0–1"),
        N_("Milestones at level 0 or above / milestones rated; undefined when none is rated."),
        _share,
        LEVEL,
    ),
    _column(
        "gas_antal",
        N_("Number of milestones rated"),
        N_("Milestones with a level from −2 to +2; those that cannot be judged are not counted."),
        _number(gas.rated),
        LEVEL,
    ),
)
