"""Figures as they are printed: the one place where a figure becomes text or a length to draw."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from exports.disclosure.shares import Bound, Share
from exports.disclosure.symbols import Symbol
from exports.results.figures import Between, Figure

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure or a word in a cell, and the length that is drawn for it.

    Attributes:
        text: As it stands in tables, pictures and sentences.
        number: What is drawn; None where there is nothing to draw.
        is_exact: Whether the number is what the text says, and not only a bound.
        is_hidden: Whether a number is hidden.
    """

    text: str
    number: float | None = None
    is_exact: bool = True
    is_hidden: bool = False


def is_figure(of: Printed) -> bool:
    """Tell whether it is a number, a bound, or the sign for a hidden one, and no word."""
    return of.number is not None or of.is_hidden or not of.is_exact


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints as a locale does: 6,4 in Swedish."""

    locale: str

    def word(self, text: str) -> Printed:
        """Print a word."""
        return Printed(text)

    def figure(self, figure: Figure | str) -> Printed:
        """Print a figure; a sign has no number at all."""
        match figure:
            case Symbol():
                return Printed(figure.value, is_hidden=figure is Symbol.HIDDEN)
            case Share():
                text = f"{figure.bound.value}{self._text(figure.percent)}"
                return Printed(text, float(figure.percent), figure.bound is Bound.ABOUT)
            case Between():
                text = f"{self._text(figure.least)}–{self._text(figure.most)}"
                return Printed(text, is_exact=False)
            case str():  # the summaries' way of writing a bound or a sign
                is_bound = figure[:1] in {Bound.AT_LEAST.value, Bound.AT_MOST.value}
                is_hidden = figure == Symbol.HIDDEN.value
                return Printed(figure, is_exact=not is_bound, is_hidden=is_hidden)
            case int() | Decimal():
                return Printed(self._text(figure), float(figure))

    def _text(self, number: int | Decimal) -> str:
        decimals = -int(number.as_tuple().exponent) if isinstance(number, Decimal) else 0
        pattern = "#,##0" + (f".{'0' * decimals}" if decimals > 0 else "")
        return number_text(number, self.locale, pattern)


@lru_cache(maxsize=4096)  # a page prints the same few hundred numbers, each several times
def number_text(number: float | Decimal, locale: str, pattern: str | None = None) -> str:
    """Write a number for people: as their language does, and with a true minus sign (U+2212).

    Args:
        pattern: Of CLDR, such as 0.00; None for the language's own.
    """
    return format_decimal(number, format=pattern, locale=locale).replace("-", MINUS)
