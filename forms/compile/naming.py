"""Names that stand in several groups: each question keeps its own, and gets one for its column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from forms.instrument import Group, Question
from forms.problems import ProblemCode, Problems
from forms.workbook import SURVEY

Item = Question | Group
Path = tuple[str, ...]

JOINT = "__"


def with_unique_names(root: Group, header: str, problems: Problems) -> Group:
    """Rename what has its name in common with something in another group.

    The groups around it are put before the name, as many as it takes to tell all bearers apart:
    `mother__age` and `father__age`. So a name means the same whatever stands before or after it
    in the sheet; what stands in no group keeps its name.

    Args:
        header: The author's header of the column of names.
    """
    found = list(_walk(root, ()))
    bearers: dict[str, list[Path]] = {}
    for path, _ in found:
        bearers.setdefault(path[-1], []).append(path)
    if len(bearers) == len(found):
        return root
    _refuse_repeats(found, bearers, header, problems)
    names = {path: name for group in bearers.values() for path, name in _told_apart(group).items()}
    _refuse_clashes(found, names, header, problems)
    return _renamed(root, (), names)


def _walk(group: Group, above: Path) -> Iterator[tuple[Path, Item]]:
    for item in group.items:
        path = (*above, item.name)
        yield path, item
        if isinstance(item, Group):
            yield from _walk(item, path)


def _told_apart(paths: list[Path]) -> dict[Path, str]:
    """Put as few of the groups before a name as tell its bearers apart."""
    deepest = max(len(path) for path in paths)
    for depth in range(1, deepest + 1):
        names = {path: JOINT.join(path[-depth:]) for path in paths}
        if len(set(names.values())) == len(paths):
            return names
    return {path: JOINT.join(path) for path in paths}


def _refuse_repeats(
    found: list[tuple[Path, Item]],
    bearers: Mapping[str, list[Path]],
    header: str,
    problems: Problems,
) -> None:
    """A repeat names a table and a part of addresses: nothing else may be called like it."""
    for path, item in found:
        if isinstance(item, Group) and item.is_repeat and len(bearers[path[-1]]) > 1:
            others = (i.row for p, i in found if p[-1] == path[-1] and i is not item)
            problems.add(
                ProblemCode.REPEAT_NAME_TWICE,
                sheet=SURVEY,
                row=item.row,
                column=header,
                name=item.name,
                first=min(others),
            )


def _refuse_clashes(
    found: list[tuple[Path, Item]], names: Mapping[Path, str], header: str, problems: Problems
) -> None:
    """A name that was put together may be one that the author chose for something else."""
    counted = Counter(names.values())
    first: dict[str, int] = {}
    for path, item in found:
        name = names[path]
        if counted[name] > 1 and name in first and first[name] != item.row:
            problems.add(
                ProblemCode.NAME_CLASHES,
                sheet=SURVEY,
                row=item.row,
                column=header,
                name=item.name,
                variable=name,
                first=first[name],
            )
        first.setdefault(name, item.row)


def _renamed(group: Group, above: Path, names: Mapping[Path, str]) -> Group:
    items = []
    for item in group.items:
        path = (*above, item.name)
        inner = _renamed(item, path, names) if isinstance(item, Group) else item
        called = item.name if names[path] != item.name else ""
        items.append(replace(inner, name=names[path], called=called))
    return replace(group, items=tuple(items))
