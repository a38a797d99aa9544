"""Which groups of one row are hidden with those that are too small, where all of them are listed.

Hiding the smallest of the others (R5) tells how large it can be at most, and then what is left for
the small one: of 9, 12 and 12, who know the rule find out that it is 9 or 12. So here the next in
a fixed order is hidden, whatever its size. The shown ones must not give their sizes: who subtracts
them from the total would know what the hidden ones have together, and three who are below ten and
have 27 together have nine each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exports.disclosure.rules import LEAST_SCHOOLS, SMALLEST_ENKAT, Profile

FEWEST = 2  # groups that are hidden together
LEAST_LEFT = SMALLEST_ENKAT  # persons in them, for the total less the shown ones is theirs (R9)
SPARE = 3  # persons more than groups: else each could be known to be one


@dataclass(frozen=True, slots=True)
class Group:
    """A district, as the rules see it.

    Attributes:
        n: Its persons.
        schools: How many schools they are of.
    """

    n: int
    schools: int


def shown_of(groups: Mapping[str, Group], profile: Profile) -> tuple[frozenset[str], bool]:
    """Choose the groups that may be shown, and whether all together may.

    Args:
        groups: In a fixed order that does not depend on sizes.

    Returns:
        Their names, those of nobody too; and whether the total is shown.
    """
    some = [name for name, each in groups.items() if each.n]
    hidden = {name for name in some if not _may_show(groups[name], profile)}
    for name in _following(some, hidden):
        if _is_enough(groups, hidden):
            break
        hidden.add(name)
    is_total_shown = _is_enough(groups, hidden) and _size(groups, some) >= profile.smallest_group
    return frozenset(groups.keys() - hidden), is_total_shown


def _may_show(group: Group, profile: Profile) -> bool:
    return group.n >= profile.smallest_group and group.schools >= LEAST_SCHOOLS


def _following(names: Sequence[str], hidden: set[str]) -> Sequence[str]:
    """Give the others from the first hidden one on, and around."""
    first = next((at for at, name in enumerate(names) if name in hidden), 0)
    return [name for name in [*names[first:], *names[:first]] if name not in hidden]


def _is_enough(groups: Mapping[str, Group], hidden: set[str]) -> bool:
    least = max(LEAST_LEFT, len(hidden) + SPARE)
    return not hidden or (len(hidden) >= FEWEST and _size(groups, [*hidden]) >= least)


def _size(groups: Mapping[str, Group], names: Sequence[str]) -> int:
    return sum(groups[name].n for name in names)
