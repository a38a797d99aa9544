"""How the table of a picture is laid out."""

from __future__ import annotations

from collections.abc import Sequence

from exports.charts.pictures import Picture

MERGED = 2  # leading columns whose cells are one where they say the same


def spans(of: Picture) -> Sequence[Sequence[int]]:
    """Say how many rows each of the leading cells takes; 0 for one that is part of another."""
    found = [[1] * MERGED for _ in of.rows]
    for at in range(len(of.rows) - 1, 0, -1):
        if of.rows[at][:MERGED] == of.rows[at - 1][:MERGED] and len(of.head) > MERGED:
            for column in range(MERGED):
                found[at - 1][column] += found[at][column]
                found[at][column] = 0
    return found
