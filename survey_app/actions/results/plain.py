"""Figures as plain data that a database keeps, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cattrs import Converter
from cattrs.preconf.json import make_converter

from exports.disclosure.counts import Count, Slot
from exports.disclosure.symbols import Symbol

SIGN = "sign"
Interval = tuple[Decimal, Decimal]


def _plain() -> Converter:
    """Make what knows figures: a sign is marked as one, a decimal number keeps its decimals."""
    made: Converter = make_converter()
    made.register_unstructure_hook(Decimal, str)
    made.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    made.register_unstructure_hook(Slot, list)
    made.register_structure_hook(Slot, lambda value, _: Slot(*value))
    made.register_unstructure_hook(Symbol, lambda sign: {SIGN: sign.value})
    made.register_structure_hook(Symbol, lambda value, _: _sign(value))
    made.register_structure_hook(Count, lambda value, _: _sign(value) if _is_sign(value) else value)
    made.register_structure_hook(
        Decimal | Symbol, lambda value, _: _sign(value) if _is_sign(value) else Decimal(value)
    )
    made.register_structure_hook(
        Interval | Symbol,
        lambda value, _: _sign(value) if _is_sign(value) else tuple(map(Decimal, value)),
    )
    return made


def _is_sign(value: object) -> bool:
    return isinstance(value, dict)


def _sign(value: dict[str, Any]) -> Symbol:
    return Symbol(value[SIGN])


PLAIN = _plain()
