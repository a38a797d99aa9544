"""What may be shown about a group: today the base rule only.

R1 (base): nothing is shown about a group of fewer than ten responses to an enkät.
R9 (means): a mean needs ten responses, and is shown with one decimal.
R10 (symbols): a hidden figure is written `..`, and the number itself goes nowhere.
"""

from __future__ import annotations

from typing import TypeVar

RULE_VERSION = "1"
SMALLEST_GROUP = 10
HIDDEN = ".."

Figure = TypeVar("Figure")


def shown_for(n: int, figure: Figure) -> Figure | str:
    """Give a figure about n responses, or `..` when they are too few (R1, R9, R10)."""
    return figure if n >= SMALLEST_GROUP else HIDDEN
