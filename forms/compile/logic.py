"""What depends on what: unknown references, circles, and the order of evaluation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import Any

from forms.compile.columns import Columns
from forms.compile.survey import label_references
from forms.expressions import Expression, PathReference
from forms.instrument import Group, Question
from forms.problems import Level, ProblemCode, Problems
from forms.workbook import SURVEY

Item = Question | Group
ROOT = "data"
_DECISIVE = frozenset({"relevant", "calculation", "repeat_count"})


def check_logic(
    root: Group,
    lists: Collection[str],
    columns: Columns,
    problems: Problems,
    *,
    refused: Collection[str] = (),
) -> tuple[str, ...]:
    """Report references that lead nowhere or in circles.

    Args:
        refused: Names of rows that are in the sheet but, for their own mistake, not in the tree.

    Returns:
        The names of all questions and groups, each after everything its relevance and its
        calculation ask for; () when there is a circle.
    """
    items = {item.name: item for item in root.walk()}
    places = _Places(root)
    for item in items.values():
        _report_references(item, items, places, columns, problems, refused)
        _report_lists(item, lists, columns, problems)
        _report_filters(item, columns, problems)
    graph = {item.name: _dependencies(item, places) & items.keys() for item in items.values()}
    for group in (root, *(item for item in items.values() if isinstance(item, Group))):
        for item in group.items:
            graph[item.name] |= {group.name} & items.keys()
    return _in_order(graph, items, columns, problems)


def names_read(root: Group) -> frozenset[str]:
    """Give every name that a path of any expression steps through, such as a list's columns."""
    expressions = (expression for item in root.walk() for _, expression in item.expressions())
    paths = (path for expression in expressions for path in expression.paths)
    return frozenset(step for path in paths for step in path.steps)


class _Places:
    """Where each row stands in the tree, so that paths such as `../age` can be followed."""

    def __init__(self, root: Group) -> None:
        self._paths: dict[str, tuple[str, ...]] = {}
        # What authors call by a name; several in several groups.
        self.bearers: dict[str, list[Item]] = {}
        self._remember(root, (ROOT,))
        self._names = {path: name for name, path in self._paths.items()}

    def _remember(self, group: Group, path: tuple[str, ...]) -> None:
        for item in group.items:
            self._paths[item.name] = (*path, item.own_name)
            self.bearers.setdefault(item.own_name, []).append(item)
            if isinstance(item, Group):
                self._remember(item, self._paths[item.name])

    def followed(self, path: PathReference, item: Item) -> str | None:
        """Give the name that a path ends at; None when it cannot be told, "" for nowhere."""
        if (path.inside is not None and path.start == ".") or path.start not in self._starts(path):
            return None
        place = self._starts(path)[path.start](item)
        for step in path.steps:
            if step == "*":
                return None
            place = place[:-1] if step == ".." else (*place, step)
        return self._names.get(place, "" if place not in ((), (ROOT,)) else None)

    def written(self, item: Item) -> str:
        """Give the whole path to an item, as an author may write it."""
        return "/" + "/".join(self._paths[item.name])

    def _starts(self, path: PathReference) -> Mapping[str, Callable[[Item], tuple[str, ...]]]:
        def here(item: Item) -> tuple[str, ...]:
            return self._paths[item.name]

        named = path.start.removeprefix("${").removesuffix("}")
        starts: dict[str, Callable[[Item], tuple[str, ...]]] = {
            "/": lambda _: (),
            ".": here,
            "current()": here,
        }
        if named in self._paths:
            starts[path.start] = lambda _: self._paths[named]
        return starts


def _dependencies(item: Item, places: _Places) -> set[str]:
    found: set[str] = set()
    for column, expression in item.expressions():
        if column in _DECISIVE:
            found |= expression.references
            found |= {places.followed(path, item) or "" for path in expression.paths}
            if expression.uses_self and column == "relevant":
                found.add(item.name)
    return found


def _path_names(column: str, expression: Expression, item: Item, places: _Places) -> Iterator[str]:
    for path in expression.paths:
        if column == "choice_filter" and path.start == ".":
            continue  # a column of the list, see _report_filters
        if places.followed(path, item) == "":
            yield path.steps[-1]


def _report_references(
    item: Item,
    items: Mapping[str, Item],
    places: _Places,
    columns: Columns,
    problems: Problems,
    refused: Collection[str],
) -> None:
    asked = [
        (column, expression.references | expression.last_saved)
        for column, expression in item.expressions()
    ]
    for column, expression in item.expressions():
        for name in _path_names(column, expression, item, places):
            is_null = name == "null"  # devices read it as blank, as we do
            problems.add(
                ProblemCode.NULL_BLANK if is_null else ProblemCode.PATH_UNKNOWN,
                Level.WARNING if is_null else Level.ERROR,
                sheet=SURVEY,
                row=item.row,
                column=columns.header(column),
                name=name,
            )
    asked.append(("label", label_references(item.label)))
    if isinstance(item, Question):
        asked.append(("hint", label_references(item.hint)))
        asked.append(("constraint_message", label_references(item.constraint_message)))
        asked.append(("required_message", label_references(item.required_message)))
    for column, references in asked:
        place = {"sheet": SURVEY, "row": item.row, "column": columns.header(column)}
        for name in sorted(references - set(refused)):
            _report_reference(name, items, places, place, problems)


def _report_reference(
    name: str,
    items: Mapping[str, Item],
    places: _Places,
    place: Mapping[str, Any],
    problems: Problems,
) -> None:
    """Report a name that nothing has, or several things; what a column is called is no name."""
    own_name = items[name].own_name if name in items else name
    bearers = places.bearers.get(own_name, [])
    if not bearers:
        close = get_close_matches(name, places.bearers, n=1, cutoff=0.0)
        suggestion = f"${{{close[0]}}}" if close else ""
        problems.add(ProblemCode.REFERENCE_UNKNOWN, name=name, suggestion=suggestion, **place)
    elif len(bearers) > 1:
        problems.add(
            ProblemCode.REFERENCE_AMBIGUOUS,
            name=name,
            rows=", ".join(str(item.row) for item in bearers),
            paths=", ".join(places.written(item) for item in bearers),
            **place,
        )


def _report_filters(item: Item, columns: Columns, problems: Problems) -> None:
    if not isinstance(item, Question) or not item.choice_filter or not item.choice_list:
        return
    known = {"name", "label"}.union(*(choice.columns for choice in item.choices))
    for path in item.choice_filter.paths:
        if path.start == "." and path.inside is None and path.steps[0] not in known:
            problems.add(
                ProblemCode.FILTER_COLUMN_UNKNOWN,
                sheet=SURVEY,
                row=item.row,
                column=columns.header("choice_filter"),
                name=path.steps[0],
                list_name=item.choice_list.name,
            )


def _report_lists(item: Item, lists: Collection[str], columns: Columns, problems: Problems) -> None:
    for column, expression in item.expressions():
        for name in sorted(expression.instances - set(lists)):
            problems.add(
                ProblemCode.LIST_UNKNOWN,
                sheet=SURVEY,
                row=item.row,
                column=columns.header(column),
                name=name,
            )


def _in_order(
    graph: Mapping[str, set[str]], items: Mapping[str, Item], columns: Columns, problems: Problems
) -> tuple[str, ...]:
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        item = items[circle[0]]
        problems.add(
            ProblemCode.CYCLE,
            sheet=SURVEY,
            row=item.row,
            column=columns.header(_column_in_circle(item, circle[1])),
            path=" → ".join(circle),
        )
        return ()


def _column_in_circle(item: Item, next_name: str) -> str:
    columns = (column for column, found in item.expressions() if next_name in found.references)
    return next(columns, "relevant")
