"""How the answers of an item lie on their scale, from the worst to the best."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from exports.indices import TOP, item_scores
from forms.instrument import Question

MOST_CLASSES = 5  # a longer ladder is shown in three parts
THIRDS = (Fraction(TOP, 3), Fraction(2 * TOP, 3))
MIDDLE = Fraction(TOP, 2)


@dataclass(frozen=True, slots=True)
class Step:
    """Neighbouring choices of an item that are counted as one class.

    Attributes:
        codes: Their names, from the worst to the best.
        score: Where they lie from 0, the worst, to 10; on average.
    """

    codes: tuple[str, ...]
    score: Fraction


def is_scale(item: Question) -> bool:
    """Tell whether an item has at least three answers from worse to better."""
    return len(item_scores(item)) > 2


def all_steps(item: Question) -> tuple[Step, ...]:
    """Give the classes of an item that many have answered: each choice, or thirds of a ladder."""
    scores = item_scores(item)
    if len(scores) <= MOST_CLASSES:
        return tuple(_step((name,), scores) for name in _ordered(scores))
    low, high = THIRDS
    return _parts(scores, lambda score: 0 if score <= low else 1 if score < high else 2)


def two_steps(item: Question) -> tuple[Step, ...]:
    """Give the two classes that a small group is shown in: not positive, and positive (R3)."""
    return _parts(item_scores(item), lambda score: int(score > MIDDLE))


def joined(steps: tuple[Step, ...], scores: Mapping[str, Fraction]) -> Step:
    """Make one class of neighbouring ones."""
    return _step(tuple(code for step in steps for code in step.codes), scores)


def _parts(scores: Mapping[str, Fraction], part_of: Callable[[Fraction], int]) -> tuple[Step, ...]:
    parts: dict[int, list[str]] = {}
    for name in _ordered(scores):
        parts.setdefault(part_of(scores[name]), []).append(name)
    return tuple(_step(tuple(names), scores) for names in parts.values())


def _ordered(scores: Mapping[str, Fraction]) -> list[str]:
    return sorted(scores, key=lambda name: scores[name])


def _step(codes: tuple[str, ...], scores: Mapping[str, Fraction]) -> Step:
    return Step(codes, sum((scores[code] for code in codes), Fraction(0)) / len(codes))
