"""Coded rows under a codebook, made one response at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exports.cells import Cell
from exports.codebook import Codebook
from exports.coding import Coder, coder_of
from exports.errors import UnknownVariable, UnknownVersion
from exports.responses import Occasion, Response, instance_counts, occasions
from forms.addresses import pattern_of

TableRow = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One response in the file.

    Attributes:
        row: Of Data, under the codebook's variables.
        below: Rows of the repeats, table by table as the codebook has them.
    """

    row: TableRow
    below: tuple[tuple[TableRow, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """n rows of v cells, under the v variables of the codebook, and the rows of its repeats.

    Attributes:
        records: May be read once or several times, as the responses they were made from. Rows
            that belong together come together, so that one reading is enough.
    """

    codebook: Codebook
    records: Iterable[Record]

    @property
    def rows(self) -> Iterator[TableRow]:
        """Read the rows of Data alone."""
        return (record.row for record in self.records)


def wide_table(codebook: Codebook, responses: Iterable[Response], first: int = 1) -> Table:
    """Lay out one row per response and one column per variable, and one row per instance.

    Args:
        codebook: The v variables, in file order.
        responses: The n submitted responses, in the order that the rows shall have. They are
            read while the rows are read, one by one: memory does not grow with n.
        first: The number of the first response, where some were passed over.

    Returns:
        A table. Reading its rows raises UnknownVersion, UnknownVariable or AnswerDoesNotFit
        for a response that the codebook does not describe.
    """
    return Table(codebook, _CodedResponses(codebook, responses, first))


@dataclass(frozen=True, slots=True)
class _CodedResponses:
    codebook: Codebook
    responses: Iterable[Response]
    first: int

    def __iter__(self) -> Iterator[Record]:
        reserved = self.codebook.reserved_codes
        coders = [coder_of(variable, reserved) for variable in self.codebook.variables]
        below = [
            (table.repeats, [coder_of(variable, reserved) for variable in table.variables])
            for table in self.codebook.repeats
        ]
        for number, response in enumerate(self.responses, start=self.first):
            _check(self.codebook, response)
            counts = instance_counts(response.answers) if below else {}
            whole = Occasion(
                response.version, response.answers, number, counts, round=response.round
            )
            yield Record(
                _row(coders, whole),
                tuple(_rows(own, whole, repeats) for repeats, own in below),
            )


def _rows(
    coders: Sequence[Coder], whole: Occasion, repeats: tuple[str, ...]
) -> tuple[TableRow, ...]:
    return tuple(_row(coders, occasion) for occasion in occasions(whole, repeats))


def _row(coders: Sequence[Coder], occasion: Occasion) -> TableRow:
    return tuple([code(occasion) for code in coders])


def _check(codebook: Codebook, response: Response) -> None:
    if response.version not in codebook.versions:
        raise UnknownVersion(response.version)
    known = codebook.addresses[response.version]
    unknown = (address for address in response.answers.values.keys() - known)
    if strange := [address for address in unknown if pattern_of(address) not in known]:
        raise UnknownVariable(min(strange))
