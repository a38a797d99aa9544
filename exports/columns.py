"""The columns of one version of an instrument, by table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exports.derived.registry import derived_of
from exports.indices import indices_of
from exports.layouts import LAYOUTS, TICKED
from exports.variables import NEVER_ASKED, UNDEFINED, Measure, Role, Variable
from forms.instrument import Group, Instrument, Question
from forms.marking import N_

# The first column, and the end of the name of a number of instances.
VERSION = "_version"
COUNT = "__count"

# Names of the repeats around a table's rows, outermost first; none for Data.
Path = tuple[str, ...]


def tables_of(instrument: Instrument) -> dict[Path, list[Variable]]:
    """Lay out one version: the columns of Data under (), those of each repeat under its path."""
    tables: dict[Path, list[Variable]] = {(): [_version()]}
    questions: dict[Path, list[Question]] = {(): []}
    for path, item, is_hidden in _walk(instrument.root, (), is_hidden=False):
        if isinstance(item, Question):
            tables[path] += LAYOUTS[item.type](item, instrument.default_language)
            questions[path].append(item)
        elif item.is_repeat:
            tables[path].append(_count(item, may_be_hidden=is_hidden))
            tables[*path, item.name], questions[*path, item.name] = [], []
    for path, asked in questions.items():
        tables[path] += _indices(instrument, asked)
    tables[()] += _derived(instrument)
    return tables


def _walk(
    group: Group, path: Path, *, is_hidden: bool
) -> Iterator[tuple[Path, Question | Group, bool]]:
    """Visit what is inside a group, with its table and whether a condition may hide it there."""
    for item in group.items:
        has_condition = is_hidden or item.relevant is not None
        yield path, item, has_condition
        if isinstance(item, Group):
            inside = (*path, item.name) if item.is_repeat else path
            yield from _walk(item, inside, is_hidden=has_condition and not item.is_repeat)


def _version() -> Variable:
    phrase = N_("Version of the questionnaire")
    return Variable(name=VERSION, measure=Measure.NOMINAL, role=Role.VERSION, phrase=phrase)


def _count(repeat: Group, *, may_be_hidden: bool) -> Variable:
    return Variable(
        name=f"{repeat.name}{COUNT}",
        measure=Measure.SCALE,
        role=Role.COUNT,
        phrase=N_("Number of instances: %(repeat)s"),
        gaps={"repeat": repeat.label or repeat.name},
        values=(NEVER_ASKED,) if may_be_hidden else (),
        repeat=repeat,
        may_be_hidden=may_be_hidden,
    )


def _indices(instrument: Instrument, questions: Iterable[Question]) -> Iterator[Variable]:
    for index in indices_of(instrument, questions):
        yield Variable(
            name=index.variable_name,
            measure=Measure.SCALE,
            role=Role.INDEX,
            label={tag: f"Index 0–10: {text}" for tag, text in index.label.items()},
            index=index,
        )


def _derived(instrument: Instrument) -> Iterator[Variable]:
    for derived in derived_of(instrument):
        yield Variable(
            name=derived.name,
            measure=Measure.NOMINAL if derived.is_yes_no else Measure.SCALE,
            role=Role.DERIVED,
            phrase=derived.phrase,
            values=(*(TICKED if derived.is_yes_no else ()), UNDEFINED, NEVER_ASKED),
            derived=derived,
        )
