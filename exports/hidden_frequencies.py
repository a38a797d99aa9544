"""What may be shown of one variable's counts: of an enkät, and of registered pupils and cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from exports.cells import NOT_ANSWERED, NOT_ASKED, REFUSED, Code
from exports.disclosure.counts import Count, CountTable, Row, Slot
from exports.disclosure.protect import protect
from exports.disclosure.rounding import rounded
from exports.disclosure.rules import STAFF
from exports.disclosure.symbols import Symbol
from exports.results.choices import ChoicesResult
from exports.results.enkat import EnkatResult, ItemResult
from exports.results.figures import Figure

# As it stands in a cell: `12 (2+1)` is the share of two codes together.
Told = Figure | str
VALID, MISSING, ALL = "valid", "missing", "all"


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one variable, as counted; must not leave the server as they are.

    Attributes:
        valid: Rows with an answer that is no missing code.
        listed, missing: By code, in the order of the codebook.
    """

    valid: int
    listed: Mapping[Code, int]
    missing: Mapping[Code, int]


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Of one variable, as they may be shown; a code that is not there has no figure.

    Attributes:
        valid: Answers that are no missing codes.
        n: By code.
        percent: By code: of the valid answers; of missing codes, of all who were asked; of NAP,
            of all.
    """

    valid: Told = ""
    n: Mapping[Code, Told] = field(default_factory=dict)
    percent: Mapping[Code, Told] = field(default_factory=dict)


def of_register(counts: Counts, also: Iterable[Code] = ()) -> Frequencies:
    """Hide small counts, and what they could be worked out from (R1, R4, R5).

    Args:
        also: Codes that are about few persons, though in many rows.
    """
    counted = {**counts.listed, **counts.missing}
    table = CountTable("frequencies", Row(ALL, parts=tuple(_groups(counts))), (), _slots(counts))
    cells = protect(table, STAFF, [_slot(code) for code in also]).table.cells
    n = {code: cells[_slot(code)] for code in counted}
    valid, everyone = cells[Slot(VALID)], cells[Slot(ALL)]
    asked = _less(everyone, n.get(NOT_ASKED, 0))
    percent: dict[Code, Told] = {code: _share(n[code], valid) for code in counts.listed}
    for code in counts.missing:
        percent[code] = _share(n[code], everyone if code == NOT_ASKED else asked)
    return Frequencies(valid, n, percent)


def _groups(counts: Counts) -> Iterator[Row]:
    for name, codes in ((VALID, counts.listed), (MISSING, counts.missing)):
        if codes or name == VALID:
            yield Row(name, parts=tuple(Row(_slot(code).row) for code in codes))


def _slots(counts: Counts) -> dict[Slot, int]:
    found = {_slot(code): n for code, n in {**counts.listed, **counts.missing}.items()}
    return found if counts.listed else found | {Slot(VALID): counts.valid}


def _slot(code: Code) -> Slot:
    return Slot(f"{type(code).__name__} {code}")


def _less(total: Count, part: Count) -> Count:
    if isinstance(total, Symbol) or isinstance(part, Symbol):
        return Symbol.HIDDEN
    return total - part


def _share(n: Count, among: Count) -> Told:
    if isinstance(n, Symbol) or isinstance(among, Symbol):
        return Symbol.HIDDEN
    return rounded(Fraction(100 * n, among), "0.1") if among else Symbol.NOT_APPLICABLE


def of_enkat(result: EnkatResult) -> dict[str, Frequencies]:
    """Say by variable what the page of results says, and no more."""
    items = [item for dimension in result.dimensions for item in dimension.items]
    found = {item.variable.name: _of_item(item) for item in items}
    for question in result.choices:
        found |= dict(_of_choices(question))
    return found


def _of_item(item: ItemResult) -> Frequencies:
    codes = {value.name: value.code for value in item.variable.values if value.name}
    percent: dict[Code, Told] = {}
    for shown in item.steps:
        together = [codes[name] for name in shown.step.codes]
        for code in together:
            percent[code] = _told(shown.share, together)
    others = [
        code
        for code in item.variable.missing_codes
        if code not in (REFUSED, NOT_ANSWERED, NOT_ASKED)
    ]
    for code in others:
        percent[code] = _told(item.dont_know, others)
    return Frequencies(item.n, {}, percent | {REFUSED: item.refused, NOT_ANSWERED: item.unanswered})


def _told(share: Figure, codes: list[Code]) -> Told:
    if isinstance(share, Symbol) or len(codes) == 1:
        return share
    return f"{share} ({'+'.join(map(str, codes))})"


def _of_choices(result: ChoicesResult) -> Iterator[tuple[str, Frequencies]]:
    for each in result.choices:
        yield each.variable.name, Frequencies(result.n, {}, {1: each.share})
