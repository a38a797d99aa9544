"""How a code is spoken of where several passages have it, and what of it has a place on a scale."""

from __future__ import annotations

from collections.abc import Iterable

from exports.agreement.valences import NEGATIVE, NEUTRAL, POSITIVE
from survey_app.store.coding import Valence

# Mixed is not between the others: it has no place.
PLACES: dict[str, int] = {
    Valence.NEGATIVE: NEGATIVE,
    Valence.NEUTRAL: NEUTRAL,
    Valence.POSITIVE: POSITIVE,
}


def together(valences: Iterable[str]) -> Valence:
    """Give the one that all passages have that have any; mixed where they differ."""
    said = {Valence(each) for each in valences} - {Valence.UNSAID}
    return said.pop() if len(said) == 1 else Valence.MIXED if said else Valence.UNSAID


def differ(one: str, other: str) -> bool:
    """Tell whether two coders, who both gave a valence, gave different ones."""
    return bool(one and other and one != other)
