"""Coded data that programs read again and again: which there are, and their rows part by part.

What staff may not read is not fed either: anonymous rounds come when they are closed, if enough
have answered. Interviews leave as files alone, each put on record by whoever takes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from exports.codebook import Codebook
from exports.table import Table, TableRow
from forms.instrument import Mode
from survey_app.actions import exporting, releases, rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError
from survey_app.store import queries
from survey_app.store.models import Round, RoundState

FED = (Mode.ANONYMOUS, Mode.RETURN)


def sources() -> Mapping[str, Sequence[Round]]:
    """Give the rounds that may be read, by instrument."""
    releases.release_ended()
    found: dict[str, list[Round]] = defaultdict(list)
    for each in sorted(queries.all_rounds(), key=lambda each: each.id):
        if each.mode in FED and _may_be_fed(each):
            found[each.version.name].append(each)
    return dict(sorted(found.items()))


def codebooks(found: Mapping[str, Sequence[Round]]) -> Sequence[Codebook]:
    """Describe the instruments whose versions do not contradict each other."""
    return [book for each in found.values() if (book := _codebook(each)) is not None]


def rows(of: Sequence[Round], table: int, passed: int, most: int) -> Iterator[TableRow]:
    """Read the rows of some responses.

    Args:
        of: The rounds.
        table: 0 for Data; a repeat's table has as many rows as there are instances.
        passed: How many responses come before.
        most: How many responses are read.
    """
    coded: Table = exporting.coded(of, passed)
    for record in islice(coded.records, most):
        if table == 0:
            yield record.row
        else:
            yield from record.below[table - 1]


def _may_be_fed(each: Round) -> bool:
    if each.state_on(today()) is RoundState.PLANNED or not rounds.may_read(each):
        return False
    return not rounds.is_withheld(each, queries.response_count(each.id))


def _codebook(of: Sequence[Round]) -> Codebook | None:
    try:
        return exporting.coded(of).codebook
    except ActionError:
        return None
