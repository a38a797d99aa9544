"""The tables of an export as a statistics program wants them, read in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from exports.codebook import Codebook
from exports.panel import Panel, PanelColumn, has_panel
from exports.table import Table
from exports.table_names import PANEL
from exports.variables import Variable
from exports.wording import Wording
from exports.writers.statistical.names import Naming, accepted
from exports.writers.statistical.numbers import Column, Kind, kind_of, labels_of, missing_order
from exports.writers.statistical.spool import Reading, Spool


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is particular to a program.

    Attributes:
        naming: Which names it accepts.
        missing: From a variable and the file's missing codes, what stands for each of its own.
        since: What turns days, moments and times into its numbers.
    """

    naming: Naming
    missing: Callable[[Variable, list[str]], Mapping[str, int | str]]
    since: Callable[[Kind], Reading]


@contextmanager
def spooled(table: Table, wording: Wording, dialect: Dialect) -> Iterator[tuple[int, list[Spool]]]:
    """Read a table once, and give the number of responses and each of its tables."""
    with ExitStack() as stack:
        codebook = table.codebook
        spools = [
            stack.enter_context(_spool(name, _sources(variables), codebook, wording, dialect))
            for name, variables in codebook.tables
        ]
        panel = stack.enter_context(closing(Panel(codebook))) if has_panel(codebook) else None
        responses = _read(table, spools, panel)
        if panel is not None:
            laid_out = stack.enter_context(
                _spool(PANEL, panel.columns(), codebook, wording, dialect)
            )
            for row in panel.rows():
                laid_out.append(row)
            spools.append(laid_out)
        yield responses, spools


def _read(table: Table, spools: Sequence[Spool], panel: Panel | None) -> int:
    data, *below = spools
    for record in table.records:
        data.append(record.row)
        if panel is not None:
            panel.count(record.row)
        for spool, rows in zip(below, record.below, strict=True):
            for row in rows:
                spool.append(row)
    return data.count


def _sources(variables: Sequence[Variable]) -> list[PanelColumn]:
    return [(variable.name, variable, "") for variable in variables]


def _spool(
    name: str,
    sources: Sequence[PanelColumn],
    codebook: Codebook,
    wording: Wording,
    dialect: Dialect,
) -> Spool:
    order = missing_order(codebook)
    names = accepted([original for original, *_ in sources], dialect.naming)
    columns = [
        _column(chosen, source, order, wording, dialect)
        for chosen, source in zip(names, sources, strict=True)
    ]
    return Spool(name, columns, dialect.since)


def _column(
    name: str, source: PanelColumn, order: list[str], wording: Wording, dialect: Dialect
) -> Column:
    original, variable, period = source
    label = ", ".join(filter(None, (wording.label(variable), period)))
    kind = kind_of(variable)
    missing = {} if kind is Kind.TEXT else dialect.missing(variable, order)
    return Column(
        name=name,
        original=original,
        # Where the program cannot have the name, the label keeps it.
        label=label if name == original else f"{label} [{original}]".strip(),
        variable=variable,
        kind=kind,
        missing=missing,
        labels={} if kind is Kind.TEXT else dict(labels_of(variable, missing, wording.label)),
    )
