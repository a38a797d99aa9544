"""Texts as other tools can read them, without moving any passage."""

from __future__ import annotations

import re

# What XML cannot hold, lone surrogates, and the mark that readers take off the start of a file:
# each becomes one other character, so that all positions stay.
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]|\ufeff")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def readable(text: str) -> str:
    """Replace what other tools could not read, and write line ends as a single line feed."""
    return _UNREADABLE.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def moved(text: str, position: int) -> int:
    """Say where a position of the text is in `readable(text)`: only CR LF are two for one."""
    return position - text.count("\r\n", 0, position)
