r"""Bring the patterns of regex() into the dialect that RE2 and browsers read alike.

Authors write for Java's engine; the server runs RE2 (linear time), the browser its own `RegExp`
with the flag `u`. A pattern is rewritten where the same meaning can be spelt for both (`\s`, `.`,
needless backslashes, braces standing alone) and refused where it cannot.
"""

import re
from functools import lru_cache
from typing import NoReturn

import re2

_SPACE = r"\t\n\v\f\r "
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_REPEAT = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
_CATEGORY = re.compile(r"(?:C[cfno]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)")
_PROPERTY = re.compile(r"[pP](?:\{([A-Z][a-z]?)\}|([A-Z]))")
_HEX = re.compile(r"x[0-9A-Fa-f]{2}")
_MAX_LENGTH = 1000


class PatternRefused(ValueError):
    """A pattern means different things to the two engines, or nothing; the text says why."""


def portable_pattern(pattern: str) -> str:
    """Return the pattern as both engines read it alike; it matches the same texts.

    Raises:
        PatternRefused: With a short technical reason in English.
    """
    if len(pattern) > _MAX_LENGTH:
        raise PatternRefused(f"more than {_MAX_LENGTH} characters")
    portable = _Scanner(pattern).rewrite()
    compiled_pattern(portable)
    return portable


@lru_cache(maxsize=1024)
def compiled_pattern(pattern: str) -> "re2._Regexp[str]":
    """Compile a portable pattern for `fullmatch`; the latest ones are kept.

    Raises:
        PatternRefused: RE2 cannot read it.
    """
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as problem:
        raise PatternRefused(_reason_of(problem)) from problem


def _reason_of(problem: Exception) -> str:
    reason = problem.args[0] if problem.args else "unknown"
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


class _Scanner:
    """Walk once through a pattern and write its portable spelling."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.may_repeat = False

    def rewrite(self) -> str:
        parts: list[str] = []
        while self.place < len(self.pattern):
            parts.append(self._piece(self.pattern[self.place]))
        return "".join(parts)

    def _piece(self, character: str) -> str:
        if character in "*+?{":
            return self._repetition(character)
        if character == "\\":
            return self._escape()
        if character == "[":
            return self._character_class()
        self.place += 1
        self.may_repeat = character not in "^$(|"
        if character == "(":
            return self._group()
        if character == ".":
            return r"[^\n]"
        return f"\\{character}" if character in "}]" else character

    def _repetition(self, character: str) -> str:
        match = _REPEAT.match(self.pattern, self.place)
        if character == "{" and match is None:
            self.place += 1
            self.may_repeat = True
            return r"\{"
        if not self.may_repeat:
            self._refuse("nothing to repeat")
        self.place = match.end() if match else self.place + 1
        lazy = self.pattern.startswith("?", self.place)
        self.place += lazy
        self.may_repeat = False
        return (match.group() if match else character) + "?" * lazy

    def _group(self) -> str:
        if not self.pattern.startswith("?", self.place):
            return "("
        if not self.pattern.startswith("?:", self.place):
            self._refuse("only the group (?: may begin with (?")
        self.place += 2
        return "(?:"

    def _escape(self) -> str:
        """Read one escape outside a class."""
        letter = self._escaped_letter()
        self.may_repeat = letter not in "bB"
        if letter == "s":
            return f"[{_SPACE}]"
        if letter == "S":
            return f"[^{_SPACE}]"
        if letter in "bB":
            return f"\\{letter}"
        return self._common_escape(letter)

    def _escaped_letter(self) -> str:
        if self.place + 1 >= len(self.pattern):
            self._refuse("a backslash at the end")
        self.place += 2
        return self.pattern[self.place - 1]

    def _common_escape(self, letter: str) -> str:
        """Spell an escape that means the same inside and outside a class."""
        if letter in "dDwWtnrfv" or letter in _SYNTAX:
            return f"\\{letter}"
        if letter in "pP":
            return self._property(letter)
        if letter == "x":
            return self._hexadecimal()
        if letter.isalnum():
            self._refuse(f"\\{letter} is not known")
        return letter

    def _property(self, letter: str) -> str:
        match = _PROPERTY.match(self.pattern, self.place - 1)
        category = (match.group(1) or match.group(2)) if match else ""
        if match is None or not _CATEGORY.fullmatch(category):
            self._refuse(f"\\{letter} needs a general category such as {{L}}")
        self.place = match.end()
        return f"\\{letter}{{{category}}}"

    def _hexadecimal(self) -> str:
        match = _HEX.match(self.pattern, self.place - 1)
        if match is None:
            self._refuse(r"\x needs two hexadecimal digits")
        self.place = match.end()
        return f"\\{match.group()}"

    def _character_class(self) -> str:
        """Read a class; every literal in it is written so that neither engine can misread it."""
        self.place += 1
        parts = ["["]
        if self.pattern.startswith("^", self.place):
            self.place += 1
            parts.append("^")
        first = self.place
        while self.place == first or not self.pattern.startswith("]", self.place):
            parts.append(self._class_range())
        self.place += 1
        self.may_repeat = True
        return "".join([*parts, "]"])

    def _class_range(self) -> str:
        low, is_single = self._class_item()
        is_range = self.pattern.startswith("-", self.place) and not self.pattern.startswith(
            "-]", self.place
        )
        if not (is_range and is_single):
            return low
        self.place += 1
        high, is_single = self._class_item()
        if not is_single:
            self._refuse("a range must end with a character")
        return f"{low}-{high}"

    def _class_item(self) -> tuple[str, bool]:
        """Return one item and whether it is a single character."""
        if self.place >= len(self.pattern):
            self._refuse("[ is not closed")
        character = self.pattern[self.place]
        if character == "\\":
            return self._class_escape()
        if self.pattern.startswith(("[:", "&&"), self.place):
            self._refuse("[: and && in a class are not known")
        self.place += 1
        return (f"\\{character}" if character in r"[]^-\{}" else character), True

    def _class_escape(self) -> tuple[str, bool]:
        letter = self._escaped_letter()
        if letter == "s":
            return _SPACE, False
        if letter in "SbB":
            self._refuse(f"\\{letter} in a class")
        if letter == "-":
            return r"\-", True
        return self._common_escape(letter), letter not in "dDwWpP"

    def _refuse(self, reason: str) -> NoReturn:
        raise PatternRefused(f"{reason} ({self.place})")
