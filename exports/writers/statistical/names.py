"""Names that SPSS and Stata accept, as near to the workbook's as their rules allow."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import dropwhile

# What SPSS and Stata keep for themselves, without regard to capitals.
_SPSS_WORDS = frozenset(
    ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
)
_STATA_WORDS = frozenset({
    "_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_skip", "_se",
    "byte", "double", "float", "if", "in", "int", "long", "strl", "using", "with",
})  # fmt: skip
_STATA_TYPE = re.compile(r"str[0-9]+")


@dataclass(frozen=True, slots=True)
class Naming:
    """The rules of a program.

    Attributes:
        forbidden: Matches what a name may not hold; it becomes `_`.
        may_begin: Whether a name may begin so; what it may not begin with is left out.
        longest: How long a name may be, in `unit`.
    """

    forbidden: re.Pattern[str]
    may_begin: Callable[[str], bool]
    last: re.Pattern[str]
    longest: int
    unit: Callable[[str], int]
    is_reserved: Callable[[str], bool]


def _bytes(text: str) -> int:
    return len(text.encode())


SPSS = Naming(
    forbidden=re.compile(r"[^\w.@#$]"),
    may_begin=str.isalpha,
    last=re.compile(r"\.+$"),
    longest=64,
    unit=_bytes,
    is_reserved=lambda name: name.casefold() in _SPSS_WORDS,
)
STATA = Naming(
    forbidden=re.compile(r"\W"),
    may_begin=lambda sign: sign.isalpha() or sign == "_",
    last=re.compile(r"$^"),
    # 32 signs, but a set of labels is called as its variable with a number at its end.
    longest=27,
    unit=len,
    is_reserved=lambda name: (
        name.casefold() in _STATA_WORDS or _STATA_TYPE.fullmatch(name.casefold()) is not None
    ),
)


def accepted(names: Sequence[str], rules: Naming) -> list[str]:
    """Give each name as the program accepts it, each one once.

    Names that need no change keep theirs whatever stands before them; SPSS does not tell capitals
    apart, so names that differ in them alone are one.
    """
    wanted = [_legal(name, rules) for name in names]
    taken = {name.casefold() for name, legal in zip(names, wanted, strict=True) if name == legal}
    kept: set[str] = set()
    found = []
    for name, legal in zip(names, wanted, strict=True):
        is_first = name == legal and legal.casefold() not in kept
        chosen = legal if is_first else _free(legal, taken | kept, rules)
        kept.add(chosen.casefold())
        found.append(chosen)
    return found


def _legal(name: str, rules: Naming) -> str:
    signs = dropwhile(lambda sign: not rules.may_begin(sign), rules.forbidden.sub("_", name))
    legal = "".join(signs)
    legal = rules.last.sub("", _cut(legal, rules.longest, rules.unit)) or "q"
    return f"q_{legal}" if rules.is_reserved(legal) else legal


def _free(wanted: str, taken: set[str], rules: Naming) -> str:
    number, name = 1, wanted
    while name.casefold() in taken:
        number += 1
        ending = f"_{number}"
        name = _cut(wanted, rules.longest - len(ending), rules.unit) + ending
    return name


def _cut(text: str, longest: int, unit: Callable[[str], int]) -> str:
    while unit(text) > longest:
        text = text[:-1]
    return text


def cut_to_bytes(text: str, longest: int, mark: str = "…") -> str:
    """Shorten a text to so many bytes of UTF-8, whole letters, with a mark at its end."""
    if _bytes(text) <= longest:
        return text
    room = max(0, longest - _bytes(mark))
    return text.encode()[:room].decode(errors="ignore") + mark
