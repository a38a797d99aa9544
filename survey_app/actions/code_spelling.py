"""How entry codes are spelt: nine characters that survive being read, typed and passed on."""

from __future__ import annotations

import re
import secrets

from stdnum.iso7064 import mod_37_2

# Letters and digits that look and sound like no other, and no vowels: they spell no words. 19 is
# a prime with 2 as a primitive root, so ISO 7064's weights (2 to the power of the place) differ in
# all nine places: one wrong character, or any two that changed places, never pass the check.
ALPHABET = "34679CDFHJKMNPQRTWX"
LENGTH = 9
GROUP = 3
LONGEST_TYPED = 64  # characters with everything between them

# What people and their keyboards put between and around the characters; no direction marks count.
_BETWEEN = re.compile(
    r"[\t\n\r \u00a0\u00ad\u2000-\u2015\u202a-\u202f\u2066-\u2069\u2212\ufeff._/-]+"
)


def draw() -> str:
    """Draw a code by chance: eight characters and the one that checks them."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return drawn + mod_37_2.calc_check_digit(drawn, ALPHABET)


def grouped(code: str) -> str:
    """Write a code as on a card: XXX-XXX-XXX."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(typed: str) -> str | None:
    """Read a code as people type it: in small letters, with spaces or with hyphens.

    Returns:
        Its nine characters; None when it cannot be a code: a character is wrong, or two have
        changed places. Whether the code is one of a round's is not known here.
    """
    if len(typed) > LONGEST_TYPED:
        return None
    code = _BETWEEN.sub("", typed).upper()
    return code if len(code) == LENGTH and mod_37_2.is_valid(code, ALPHABET) else None
