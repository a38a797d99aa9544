"""The variables of the coded file, by table: what an instrument's questions become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from exports.cells import MISSING_CODES
from exports.columns import Path, tables_of
from exports.errors import ConflictingVersions
from exports.layouts import LAYOUTS
from exports.merging import in_one_order, merged
from exports.table_names import DATA, table_names
from exports.variables import Measure, Role, Value, Variable
from forms.changes import Change, conflicts_with
from forms.instrument import Instrument, Mode, Question
from forms.languages import Texts
from forms.marking import N_

__all__ = [
    "LAYOUTS",
    "Codebook",
    "Measure",
    "RepeatTable",
    "Role",
    "Value",
    "Variable",
    "codebook_of",
]

# Where a row belongs. A question of that name keeps it, and the column becomes `_row_2`.
ROW = "_row"
ROUND = "_round"
PARENT = "_parent"
NUMBER = "_number"


NO_ROUNDS: Mapping[str, Texts] = {}


@dataclass(frozen=True, kw_only=True)
class RepeatTable:
    """The columns of a repeat's own table, which has one row per instance.

    Attributes:
        name: What its sheet or file is called.
        repeats: The repeats around it, outermost first, and the repeat itself.
        variables: Where the row belongs (`_parent`, `_parent_<outer>`, `_number`), then questions
            in document order, indices last.
    """

    name: str
    repeats: Path
    variables: tuple[Variable, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the columns."""
        return tuple(variable.name for variable in self.variables)


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """The v variables of a file, in its order.

    Attributes:
        instrument: The form_id.
        versions: The versions whose responses it describes, the oldest first.
        variables: Those of Data: the version first, `_row` when there are repeats, questions in
            document order, a number of instances in the place of each repeat, indices last.
        repeats: The tables of the repeats, an outer one before those inside it.
        addresses: What each version may answer, as `forms.addresses.pattern_of` writes it.
        is_anonymous: Whether any of the versions is answered without anyone being known.
    """

    instrument: str
    versions: tuple[str, ...]
    default_language: str
    variables: tuple[Variable, ...]
    repeats: tuple[RepeatTable, ...] = ()
    addresses: Mapping[str, frozenset[str]]
    is_anonymous: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the columns of Data."""
        return tuple(variable.name for variable in self.variables)

    @property
    def tables(self) -> Iterator[tuple[str, tuple[Variable, ...]]]:
        """Visit Data and the tables of the repeats: their names and columns."""
        yield DATA, self.variables
        yield from ((table.name, table.variables) for table in self.repeats)

    def versions_of(self, variable: Variable) -> tuple[str, ...]:
        """Give the versions that have a variable."""
        if not variable.sources:
            return self.versions
        return tuple(version for version in self.versions if version in variable.sources)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Give the questions that have variables, as the newest version that has them asks them."""
        variables = (variable for _, table in self.tables for variable in table)
        found = {v.question.name: v.question for v in variables if v.question}
        return tuple(found.values())

    @cached_property
    def reserved_codes(self) -> frozenset[str]:
        """Give the texts that mean a missing answer somewhere in this file."""
        variables = (variable for _, table in self.tables for variable in table)
        forms = (form for v in variables for form in (v, *v.sources.values()))
        questions = (form.question for form in forms if form.question)
        choices = (choice for question in questions for choice in question.choices)
        return MISSING_CODES | {choice.name for choice in choices if choice.is_missing}


def codebook_of(*versions: Instrument, rounds: Mapping[str, Texts] = NO_ROUNDS) -> Codebook:
    """Lay out the variables of an instrument.

    Question names are kept as they are. A name that we make (`_version`, `name__choice`,
    `name_latitude`, `repeat__count`, `index_<dimension>`) and that is taken already gets `_2`,
    `_3` and so on at its end.

    Several versions become one list: every column that any of them has, in the newest order, what
    only older ones have after what stood before it there. Labels are the newest.

    Args:
        versions: One or several, the oldest first, each with a version label of its own.
        rounds: Names and titles of the rounds in the file, the oldest first; when there are
            several, a column tells which one collected each response.

    Raises:
        ConflictingVersions: A name means different things in them.
        ValueError: Two versions have the same label.
    """
    if len({each.version for each in versions}) < len(versions):
        raise ValueError("Each version needs a name of its own.")
    if conflicts := _conflicts(versions):
        raise ConflictingVersions(conflicts)
    by_version = {each.version: tables_of(each) for each in reversed(versions)}
    data, *others = _named_tables(by_version, rounds).items()
    names = table_names(path[-1] for path, _ in others)
    return Codebook(
        instrument=versions[-1].name,
        versions=tuple(each.version for each in versions),
        default_language=versions[-1].default_language,
        variables=data[1],
        repeats=tuple(
            RepeatTable(name=name, repeats=path, variables=table)
            for name, (path, table) in zip(names, others, strict=True)
        ),
        addresses={version: _addresses(tables) for version, tables in by_version.items()},
        is_anonymous=any(each.mode is Mode.ANONYMOUS for each in versions),
    )


def _conflicts(versions: Sequence[Instrument]) -> tuple[Change, ...]:
    numbers = range(1, len(versions))
    found = (conflicts_with(versions[:number], versions[number]) for number in numbers)
    return tuple(change for changes in found for change in changes)


def _columns(by_version: Mapping[str, Mapping[Path, list[Variable]]], path: Path) -> list[Variable]:
    having = {version: tables[path] for version, tables in by_version.items() if path in tables}
    return merged(having, len(by_version))


def _named_tables(
    by_version: Mapping[str, Mapping[Path, list[Variable]]], rounds: Mapping[str, Texts]
) -> dict[Path, tuple[Variable, ...]]:
    """Merge the versions' columns table by table, and call each column by a name of its own."""
    order = in_one_order([list(tables) for tables in by_version.values()])
    columns = {path: _columns(by_version, path) for path in order}
    if len(rounds) > 1:
        columns[()].insert(1, _round(rounds))
    taken = {v.name for table in columns.values() for v in table if v.is_named_by_author}
    with_keys = {
        path: _with_keys(columns[path], path, has_repeats=len(order) > 1) for path in order
    }
    return {path: tuple(_with_free_names(table, taken)) for path, table in with_keys.items()}


def _with_keys(columns: list[Variable], path: Path, *, has_repeats: bool) -> list[Variable]:
    """Say before the questions where a row belongs."""
    if not path:
        version, *rest = columns
        return [version, ROW_OF_DATA, *rest] if has_repeats else columns
    around = [_outer(repeat, depth) for depth, repeat in enumerate(path[:-1], start=1)]
    return [PARENT_IN_DATA, *around, NUMBER_OF_INSTANCE, *columns]


def _round(rounds: Mapping[str, Texts]) -> Variable:
    return Variable(
        name=ROUND,
        measure=Measure.NOMINAL,
        role=Role.ROUND,
        phrase=N_("Round that collected the response"),
        values=tuple(Value(code=name, label=title) for name, title in rounds.items()),
    )


def _key_column(name: str, role: Role, phrase: str) -> Variable:
    return Variable(name=name, measure=Measure.NOMINAL, role=role, phrase=phrase, values=())


ROW_OF_DATA = _key_column(ROW, Role.ROW, N_("Number of the row in this file"))
PARENT_IN_DATA = _key_column(
    PARENT, Role.PARENT, N_("Row of Data that this row belongs to (_row there)")
)
NUMBER_OF_INSTANCE = _key_column(
    NUMBER, Role.NUMBER, N_("Number of the instance, from 1 within what it belongs to")
)


def _outer(repeat: str, depth: int) -> Variable:
    phrase = N_("Instance of %(repeat)s that this row belongs to (_number there)")
    column = _key_column(f"{PARENT}_{repeat}", Role.PARENT, phrase)
    return replace(column, gaps={"repeat": repeat}, depth=depth)


def _with_free_names(variables: list[Variable], questions: set[str]) -> Iterator[Variable]:
    taken = set(questions)
    for variable in variables:
        if variable.is_named_by_author:
            yield variable
        else:
            name = _free_name(variable.name, taken)
            taken.add(name)
            yield replace(variable, name=name)


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _addresses(tables: Mapping[Path, list[Variable]]) -> frozenset[str]:
    return frozenset(
        "".join(f"{repeat}[]/" for repeat in path) + variable.question.name
        for path, table in tables.items()
        for variable in table
        if variable.question
    )
