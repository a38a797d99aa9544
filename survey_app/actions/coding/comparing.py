"""What two coders gave the same units: how far they agree, and where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from sqlalchemy import func, select

from exports.agreement.codes import CodeAgreement, agreement_of, median_of
from exports.agreement.valences import Pair, ValenceAgreement, valences_of
from survey_app.actions.coding import schemes
from survey_app.actions.coding.double_errors import NotFinished
from survey_app.actions.coding.valences import PLACES, differ
from survey_app.store.coding import Scheme
from survey_app.store.database import db
from survey_app.store.doubling import DoubleCode, DoubleCoding, DoubleUnit
from survey_app.store.models import Round

KEPT = 8  # comparisons: drawing samples again and again takes a while
# What one coder gave a unit: code -> how it is spoken of.
Given = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """How far the two agree.

    Attributes:
        codes: Each code that one of them gave, by name, in the scheme's order.
        valences: How each is spoken of, where both said so on the scale.
        same: Units to which both gave exactly the same codes.
        unused: Names of codes that nobody gave.
    """

    units: int
    same: int
    codes: Sequence[CodeAgreement]
    valences: Sequence[ValenceAgreement]
    unused: Sequence[str]

    @property
    def kappa(self) -> float | None:
        """Give the median of kappa over the codes for which it is defined."""
        return median_of([each.kappa for each in self.codes])

    @property
    def alpha(self) -> float | None:
        """Give the median of alpha."""
        return median_of([each.alpha for each in self.codes])


class Difference(NamedTuple):
    """A code about which the two differ in a unit.

    Attributes:
        first, second: How each of them speaks of it; None for who did not give it.
    """

    unit_id: int
    code_id: int
    first: str | None
    second: str | None

    @property
    def by_first(self) -> bool:
        """Tell whether the first one gave it."""
        return self.first is not None

    @property
    def is_of_valence(self) -> bool:
        """Tell whether both gave it, and differ in how it is spoken of."""
        return self.first is not None and self.second is not None


@dataclass(frozen=True, slots=True)
class _Seen:
    compared: Compared
    differences: Sequence[Difference]


_kept: dict[tuple[object, ...], _Seen] = {}
_looking = Lock()


def compare(double: DoubleCoding) -> Compared:
    """Compare the two code by code.

    Raises:
        NotFinished: The second coder is not done.
    """
    return _seen(double).compared


def differences(double: DoubleCoding) -> list[Difference]:
    """List where the two differ, unit by unit: who gave a code, then how it is spoken of.

    Raises:
        NotFinished: The second coder is not done.
    """
    return list(_seen(double).differences)


def refuse_early(double: DoubleCoding) -> None:
    """Compare nothing before the second coder is done.

    Raises:
        NotFinished: So it is.
    """
    if double.finished_at is None:
        raise NotFinished


def scheme_of(double: DoubleCoding) -> Scheme:
    """Give the scheme by which both coded."""
    return schemes.needed_by(db.session.get_one(Round, double.round_id))


def _given(double: DoubleCoding) -> dict[int, tuple[Given, Given]]:
    """Give the codes of both by unit, in the order that was drawn."""
    wanted = (
        select(DoubleUnit.id, DoubleCode.code_id, DoubleCode.is_second, DoubleCode.valence)
        .outerjoin(DoubleCode, DoubleCode.unit_id == DoubleUnit.id)
        .where(DoubleUnit.double_id == double.id)
        .order_by(DoubleUnit.place)
    )
    given: dict[int, tuple[dict[int, str], dict[int, str]]] = {}
    for unit_id, code_id, is_second, valence in db.session.execute(wanted):
        both = given.setdefault(unit_id, ({}, {}))
        if code_id is not None:
            both[is_second][code_id] = valence
    return dict(given)


def _differing(first: Given, second: Given) -> list[int]:
    """Give the codes of one of the two, then those that the two speak of differently."""
    both = sorted(first.keys() & second.keys())
    alone = sorted(first.keys() ^ second.keys())
    return alone + [each for each in both if differ(first[each], second[each])]


def _valences(
    given: Mapping[int, tuple[Given, Given]], names: Mapping[int, str]
) -> dict[str, Sequence[Pair]]:
    """Give the pairs of places on the scale by code, in the scheme's order."""
    found: dict[int, list[Pair]] = {code_id: [] for code_id in names}
    for first, second in given.values():
        for code_id in first.keys() & second.keys():
            one, other = PLACES.get(first[code_id]), PLACES.get(second[code_id])
            if one is not None and other is not None:
                found[code_id].append((one, other))
    return {names[code_id]: pairs for code_id, pairs in found.items() if pairs}


def _names(double: DoubleCoding) -> Mapping[int, str]:
    return {node.code.id: node.code.name for node in schemes.tree(scheme_of(double))}


def _seen(double: DoubleCoding) -> _Seen:
    """Look at both, anew only when something has changed.

    Once the second coder is done nobody gives codes any more: units go with their interview or
    when its note is corrected, and codes are merged or renamed, which the scheme's number tells.
    """
    refuse_early(double)
    units = select(func.count()).where(DoubleUnit.double_id == double.id)
    now = (
        str(db.engine.url),
        double.id,
        double.finished_at,
        scheme_of(double).revision,
        db.session.scalar(units),
    )
    with _looking:
        if now not in _kept:
            while len(_kept) >= KEPT:
                del _kept[next(iter(_kept))]
            _kept[now] = _look(double)
        return _kept[now]


def _look(double: DoubleCoding) -> _Seen:
    given, names = _given(double), _names(double)
    pairs = [
        tuple(frozenset(names[code_id] for code_id in codes) for codes in both)
        for both in given.values()
    ]
    used = {name for pair in pairs for codes in pair for name in codes}
    compared = Compared(
        len(given),
        sum(one == other for one, other in pairs),
        agreement_of(pairs, [name for name in names.values() if name in used]),
        valences_of(_valences(given, names)),
        [name for name in names.values() if name not in used],
    )
    return _Seen(
        compared,
        [
            Difference(unit_id, code_id, first.get(code_id), second.get(code_id))
            for unit_id, (first, second) in given.items()
            for code_id in _differing(first, second)
        ],
    )
