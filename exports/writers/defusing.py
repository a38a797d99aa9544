"""Keep texts harmless: nothing a person wrote becomes a formula or breaks the file."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What XML 1.0 cannot hold: most control characters, halves of surrogate pairs, two non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Programs read a cell that begins so as a formula; also after blanks, and in full width.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")


def visible(text: str) -> str:
    """Replace each character that a file cannot hold by the sign for that."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def begins_like_a_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take the text for more than text."""
    return _FORMULA.match(text) is not None
