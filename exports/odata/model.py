"""What a coded file is as an OData 4 service: sets of entities with typed properties.

Source: OData Version 4.01, Part 3: Common Schema Definition Language (OASIS, 2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.codebook import Codebook
from exports.table_names import DATA
from exports.variables import Variable
from exports.writers.statistical.numbers import Kind, kind_of, substantive

# Columns of our own; a question of that name gets another one.
KEY, MISSING = "_line", "_missing"
LONGEST = 128  # characters of a SimpleIdentifier
_STRANGE = re.compile(r"\W")
_TYPES: Mapping[Kind, str] = {
    Kind.WHOLE: "Edm.Int64",
    Kind.NUMBER: "Edm.Double",
    Kind.DAY: "Edm.Date",
    Kind.MOMENT: "Edm.String",
    Kind.CLOCK: "Edm.String",
    Kind.TEXT: "Edm.String",
    Kind.OPEN: "Edm.String",
}


@dataclass(frozen=True, slots=True)
class Property:
    """A column of the feed.

    Attributes:
        name: An identifier: the variable's own name wherever that is one.
        type: As the metadata has it, such as `Edm.Int64`.
    """

    name: str
    type: str
    variable: Variable

    @property
    def is_text(self) -> bool:
        """Tell whether missing codes may stand beside the answers."""
        return self.type == "Edm.String"


@dataclass(frozen=True, slots=True)
class EntitySet:
    """A table of the feed.

    Attributes:
        name: An identifier: the instrument's name, and the repeat's after it.
        table: 0 for Data, 1 for the first repeat's table, and so on.
    """

    name: str
    codebook: Codebook
    table: int
    properties: Sequence[Property]


def entity_sets(codebooks: Sequence[Codebook]) -> Sequence[EntitySet]:
    """Lay out the tables of several files, each under a name of its own."""
    found: list[EntitySet] = []
    taken: set[str] = set()
    for codebook in codebooks:
        for place, (table, variables) in enumerate(codebook.tables):
            whole = codebook.instrument if table == DATA else f"{codebook.instrument}_{table}"
            name = _free(whole, taken)
            found.append(EntitySet(name, codebook, place, list(_properties(variables))))
    return found


def _properties(variables: Sequence[Variable]) -> Iterator[Property]:
    taken = {KEY, MISSING}
    for variable in variables:
        yield Property(_free(variable.name, taken), _type(variable), variable)


def _type(variable: Variable) -> str:
    kind = kind_of(variable)
    if kind is not Kind.LIST:
        return _TYPES[kind]
    has_numbers = all(isinstance(value.code, int) for value in substantive(variable))
    return "Edm.Int64" if has_numbers else "Edm.String"


def _free(name: str, taken: set[str]) -> str:
    """Make an identifier that nothing else has, whatever capitals a program looks at."""
    plain = _STRANGE.sub("_", name)[: LONGEST - 4]
    plain = f"_{plain}" if plain[:1].isdecimal() else plain
    free, number = plain, 1
    while free.casefold() in taken:
        number += 1
        free = f"{plain}_{number}"
    taken.add(free.casefold())
    return free
