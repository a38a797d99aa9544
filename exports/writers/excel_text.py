"""Texts as a cell of Excel can hold them."""

from __future__ import annotations

import re

from exports.writers.defusing import visible

# Excel counts UTF-16 units: an emoji is two.
LONGEST = 32_767
CUT_MARK = " […]"

# Excel reads _x0041_ as A: the first underscore of an answered one has to be written as a code.
_LOOKS_LIKE_A_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def excel_text(text: str) -> tuple[str, bool]:
    """Make a text fit for a cell.

    Returns:
        The text to write, and whether its end was cut.
    """
    held = _LOOKS_LIKE_A_CODE.sub("_x005F_", visible(text))
    if 2 * len(held) <= LONGEST or _units(held) <= LONGEST:
        return held, False
    encoded = held.encode("utf-16-le")[: 2 * (LONGEST - _units(CUT_MARK))]
    return encoded.decode("utf-16-le", errors="ignore") + CUT_MARK, True


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
