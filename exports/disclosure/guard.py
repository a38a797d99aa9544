"""Protect the tables of a release beside all that was released of the same before (R7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exports.disclosure.counts import CountTable, Slot
from exports.disclosure.differences import Known, Step, known_of, leaves_of, told_too_well
from exports.disclosure.primary import Hidden
from exports.disclosure.protect import Protection, protect
from exports.disclosure.rules import SMALLEST_CLASS, SMALLEST_ENKAT, STAFF, K, Profile
from exports.disclosure.secondary import hide_one_more


class DifferenceTells(Exception):
    """Beside what was released before, nothing of a table can be shown anew."""


@dataclass(frozen=True, slots=True)
class Released:
    """What was told in one release.

    Attributes:
        tables: What its readers know of each table, by the table's name.
        means: Names of the means that were shown.
        numbers: Numbers of persons that were shown outside of tables, by name.
    """

    tables: Mapping[str, Known] = field(default_factory=dict)
    means: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier release, and who differs from the one that is being made."""

    released: Released
    step: Step


def is_too_like(step: Step, profile: Profile = STAFF) -> bool:
    """Tell whether so few differ, but not nobody, that a new release would tell of them."""
    return 0 < step.changed < profile.new_answers


def _is_much(step: Step, changed: int) -> bool:
    """Tell whether a mean may be shown again: nobody differs at all, or so many do (R9)."""
    return step.changed == 0 or changed >= SMALLEST_ENKAT


class Guard:
    """Decides for one release what may be shown, and keeps what was.

    Args:
        earlier: All releases of the same before; none where nothing was shown yet.
    """

    def __init__(self, earlier: Sequence[Earlier] = (), profile: Profile = STAFF) -> None:
        self._earlier, self._profile = earlier, profile
        self._tables: dict[str, Known] = {}
        self._means: set[str] = set()
        self._numbers: dict[str, int] = {}

    def protect(self, table: CountTable) -> Protection:
        """Hide what the rules hide, and what would tell too much beside earlier releases.

        Raises:
            DifferenceTells: That is everything, or the table had other classes before.
        """
        hidden = dict(protect(table, self._profile).reasons)
        while narrow := self._told_too_well(table, hidden):
            before = len(hidden)
            hide_one_more(table, hidden, narrow)
            hidden = dict(protect(table, self._profile, hidden).reasons)
            if len(hidden) == before:
                raise DifferenceTells(table.name)
        self._tables[table.name] = known_of(table, hidden)
        return protect(table, self._profile, hidden)

    def may_tell_mean(self, name: str, n: int) -> bool:
        """Tell whether a mean of n persons may stand, for its difference is one of those between.

        Note that it stands, if so.
        """
        is_told = n >= SMALLEST_ENKAT and all(
            _is_much(each.step, each.step.changed)
            for each in self._earlier
            if name in each.released.means
        )
        if is_told:
            self._means.add(name)
        return is_told

    def may_tell_means_of(self, name: str, sizes: Mapping[str, int]) -> bool:
        """Tell whether the means of all classes that make a whole may stand, or none.

        All but one would tell of the last one, and so would all of them of a whole whose mean does
        not stand. What a class's mean was before tells of those of the class who came between.

        Args:
            name: Of the whole's mean in this release.
            sizes: Persons in each class.
        """
        names = {of: f"{name} {of}" for of in sizes}
        is_told = name in self._means and all(n >= SMALLEST_CLASS for n in sizes.values())
        is_told = is_told and all(
            _is_much(each.step, each.step.came_of.get(of, 0))
            for each in self._earlier
            for of, own in names.items()
            if own in each.released.means
        )
        if is_told:
            self._means.update(names.values())
        return is_told

    def may_tell_number(self, name: str, n: int) -> bool:
        """Tell whether a number of persons may stand beside those that stood there before."""
        before = [each.released.numbers.get(name, n) for each in self._earlier]
        is_told = all(n == each or abs(n - each) >= K for each in before)
        if is_told:
            self._numbers[name] = n
        return is_told

    def may_tell_parts(self, sizes: Mapping[str, int]) -> bool:
        """Tell whether figures of parts may stand: the first time, or when all grew by many.

        Who is in which part may change with one person, so only a part's growth is sure to be many.
        """
        is_told = all(
            not each.step.changed
            or all(
                abs(n - each.released.numbers.get(of, 0)) >= SMALLEST_ENKAT
                for of, n in sizes.items()
            )
            for each in self._earlier
            if not sizes.keys().isdisjoint(each.released.numbers)
        )
        if is_told:
            self._numbers.update(sizes)
        return is_told

    def has_told(self) -> bool:
        """Tell whether any number was shown: what tells nothing is no release."""
        counts = [n for each in self._tables.values() for _, n in each.shown]
        return any([*counts, *self._means, *self._numbers.values()])

    def released(self) -> Released:
        """Give all that was told."""
        return Released(dict(self._tables), frozenset(self._means), dict(self._numbers))

    def _told_too_well(self, table: CountTable, hidden: Hidden) -> Slot | None:
        """Find a count that the table tells too well beside an earlier release."""
        now, leaves = known_of(table, hidden), list(leaves_of(table))
        for each in self._earlier:
            before = each.released.tables.get(table.name)
            if before and before.slots != now.slots:
                raise DifferenceTells(table.name)
            if before and (narrow := told_too_well(before, now, leaves, each.step)):
                return narrow
        return None
