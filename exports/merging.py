"""Several versions of an instrument become one list of columns."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from exports.indices import Index
from exports.variables import NEVER_ASKED, NOT_IN_EVERY_VERSION, Key, Role, Value, Variable

Thing = TypeVar("Thing", bound=Hashable)
# What we make of the questions stands after them: indices, then what is derived.
LAST = {Role.INDEX: 1, Role.DERIVED: 2}


def in_one_order(newest_first: Sequence[Sequence[Thing]]) -> list[Thing]:
    """Keep the newest order; what only older ones have follows what stood before it there."""
    newest, *older = newest_first
    order = list(newest)
    for things in older:
        for before, thing in zip((None, *things), things, strict=False):
            if thing not in order:
                place = 0 if before is None else order.index(before) + 1
                order.insert(place, thing)
    return order


def merged(by_version: Mapping[str, Sequence[Variable]], versions: int) -> list[Variable]:
    """Merge the columns of one table.

    Args:
        by_version: The columns in each version that has the table, the newest version first.
        versions: How many versions the file has.

    Returns:
        Every column once, indices and derived ones last. A column knows its form in each version.
    """
    if versions == 1:
        return _made_last([variable for table in by_version.values() for variable in table])
    found: dict[Key, dict[str, Variable]] = {key: {} for key in _keys(by_version.values())}
    for version, table in by_version.items():
        for variable in table:
            found[variable.key][version] = variable
    return _made_last([_merged(sources, versions) for sources in found.values()])


def _keys(newest_first: Iterable[Sequence[Variable]]) -> list[Key]:
    """Order the columns; those of one question stay together."""
    keys = [[variable.key for variable in table] for table in newest_first]
    questions = in_one_order([list(dict.fromkeys(key[:2] for key in table)) for table in keys])
    return [
        key
        for question in questions
        for key in in_one_order([[key for key in table if key[:2] == question] for table in keys])
    ]


def _made_last(variables: list[Variable]) -> list[Variable]:
    return sorted(variables, key=lambda variable: LAST.get(variable.role, 0))


def _merged(sources: Mapping[str, Variable], versions: int) -> Variable:
    newest, *older = sources.values()
    is_everywhere = len(sources) == versions
    return replace(
        newest,
        label=next((variable.label for variable in sources.values() if variable.label), {}),
        values=_values(newest, older, is_everywhere=is_everywhere),
        index=_index(newest, older),
        may_be_hidden=any(variable.may_be_hidden for variable in sources.values()),
        sources=sources,
    )


def _values(
    newest: Variable, older: Sequence[Variable], *, is_everywhere: bool
) -> tuple[Value, ...]:
    """Put the codes that only older versions have before the codes of our own."""
    codes: dict[tuple[str, object], Value] = {}
    for value in (value for variable in (newest, *older) for value in variable.values):
        codes.setdefault((type(value.code).__name__, value.code), value)
    values = sorted(codes.values(), key=lambda value: bool(value.meaning and not value.name))
    if is_everywhere:
        return tuple(values)
    return (*(value for value in values if value != NEVER_ASKED), NOT_IN_EVERY_VERSION)


def _index(newest: Variable, older: Sequence[Variable]) -> Index | None:
    """Give the newest index with the items of all versions, whose answers are counted."""
    if newest.index is None:
        return None
    items = {
        item.name: item
        for variable in (*reversed(older), newest)
        if variable.index
        for item in variable.index.items
    }
    order = in_one_order(
        [[item.name for item in v.index.items] for v in (newest, *older) if v.index]
    )
    return replace(newest.index, items=tuple(items[name] for name in order))
