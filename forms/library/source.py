"""Read an instrument's YAML: three parts, named as the sheets and columns of XLSForm.

A question is a mapping of columns. Questions that belong together stand as `questions` under
`group: name`; under `repeat: name` they are asked several times, as often as `repeat_count` says
or, without it, as the respondent adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from forms.workbook import CHOICES, SETTINGS, SURVEY

# The columns that may be written, in the order in which the sheets show them.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    SURVEY: (
        "type", "name", "label", "hint", "required", "required_message", "relevant",
        "constraint", "constraint_message", "calculation", "repeat_count", "default",
        "appearance", "sa_dimension", "sa_reverse", "sa_sensitive",
    ),
    CHOICES: ("list_name", "name", "label", "sa_missing"),
    SETTINGS: (
        "form_id", "form_title", "version", "default_language", "sa_mode", "sa_unit", "sa_period",
    ),
}  # fmt: skip
GROUP_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "group": ("group", "label", "relevant", "appearance", "questions"),
    "repeat": ("repeat", "label", "relevant", "repeat_count", "appearance", "questions"),
}
TEXT_COLUMNS = frozenset({"label", "hint", "required_message", "constraint_message", "form_title"})
PLAIN_BOOLEANS = {"true": "yes", "false": "no"}

# Where a text stands ("TRI1.label", "agreement.4.label") and the Swedish text itself.
TextKey = tuple[str, str]


class BadSource(Exception):
    """The YAML is not an instrument; the message names the file, the line and the mistake."""

    def __init__(self, mark: yaml.Mark, sentence: str) -> None:
        """Say `sentence` about the line at `mark`."""
        self.line = mark.line + 1
        super().__init__(f"{mark.name}, line {self.line}: {sentence}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row to be: where it stands ("TRI1", "agreement.4"), and its cells, column -> text."""

    place: str
    cells: Mapping[str, str]

    def texts(self) -> Iterator[tuple[str, TextKey]]:
        """Give each text to translate, as its column and its key."""
        for column in TEXT_COLUMNS & self.cells.keys():
            yield column, (f"{self.place}.{column}", self.cells[column])


@dataclass(frozen=True, slots=True)
class Source:
    """An instrument as written: its rows by sheet, in Swedish only."""

    settings: Entry
    survey: tuple[Entry, ...]
    choices: tuple[Entry, ...]

    def texts(self) -> tuple[TextKey, ...]:
        """List every text to translate, in the order in which a respondent meets them."""
        entries = (self.settings, *self.survey, *self.choices)
        order = [column for columns in COLUMNS.values() for column in columns]
        return tuple(
            key
            for entry in entries
            for _, key in sorted(entry.texts(), key=lambda text: order.index(text[0]))
        )


def parse(text: str, file: str) -> Source:
    """Read the YAML of one instrument.

    Every value is text just as it is written (`version: 1.0` stays "1.0"), but for a plain
    `true` or `false`, which becomes "yes" or "no".

    Args:
        text: The YAML.
        file: Its name, for messages.

    Raises:
        BadSource: The YAML is broken, or a part, a column or a value is not as it must be.
    """
    parts = _fields(_compose(text, file), (SETTINGS, CHOICES, SURVEY), needed=(SETTINGS, SURVEY))
    settings = _cells(parts[SETTINGS], COLUMNS[SETTINGS], needed=("form_id", "default_language"))
    return Source(
        Entry(SETTINGS, settings),
        tuple(_survey(parts[SURVEY])),
        tuple(_choices(parts[CHOICES])) if CHOICES in parts else (),
    )


def _compose(text: str, file: str) -> Node:
    loader = yaml.BaseLoader(text)
    loader.name = file
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or loader.get_mark()
        raise BadSource(mark, f"{error.problem or error.context}.") from error
    finally:
        loader.dispose()
    if node is None:
        raise BadSource(yaml.Mark(file, 0, 0, 0, None, 0), "The file is empty.")
    return node


def _survey(node: Node) -> Iterator[Entry]:
    for item in _items(node):
        if kind := next((key.value for key, _ in _pairs(item) if key.value in GROUP_COLUMNS), ""):
            yield from _group(kind, item)
        else:
            cells = _cells(item, COLUMNS[SURVEY], needed=("type", "name"))
            yield Entry(cells["name"], cells)


def _group(kind: str, node: Node) -> Iterator[Entry]:
    fields = _fields(node, GROUP_COLUMNS[kind], needed=(kind, "questions"))
    questions = fields.pop("questions")
    cells = {column: _text(value) for column, value in fields.items()}
    name = cells.pop(kind)
    yield Entry(name, {"type": f"begin_{kind}", "name": name, **cells})
    yield from _survey(questions)
    yield Entry("", {"type": f"end_{kind}"})


def _choices(node: Node) -> Iterator[Entry]:
    for key, items in _pairs(node):
        for item in _items(items):
            cells = _cells(item, COLUMNS[CHOICES][1:], needed=("name", "label"))
            yield Entry(f"{key.value}.{cells['name']}", {"list_name": key.value, **cells})


def _cells(node: Node, columns: Sequence[str], needed: Sequence[str]) -> dict[str, str]:
    return {column: _text(value) for column, value in _fields(node, columns, needed).items()}


def _fields(node: Node, allowed: Sequence[str], needed: Sequence[str]) -> dict[str, Node]:
    fields: dict[str, Node] = {}
    for key, value in _pairs(node):
        if key.value not in allowed:
            raise BadSource(key.start_mark, _unknown(key.value, allowed))
        fields[key.value] = value
    if missing := [name for name in needed if name not in fields]:
        raise BadSource(node.start_mark, f"{' and '.join(missing)} must be given here.")
    return fields


def _unknown(word: str, allowed: Sequence[str]) -> str:
    near = get_close_matches(word, allowed, n=1)
    return f'"{word}" is not known here.' + (f' Did you mean "{near[0]}"?' if near else "")


def _pairs(node: Node) -> list[tuple[ScalarNode, Node]]:
    if not isinstance(node, MappingNode):
        raise BadSource(node.start_mark, "Names with values are expected here (name: value).")
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            raise BadSource(key.start_mark, "A name must be plain text.")
        if key.value in seen:
            raise BadSource(key.start_mark, f'"{key.value}" is written twice.')
        seen.add(key.value)
    return list(node.value)


def _items(node: Node) -> list[Node]:
    if not isinstance(node, SequenceNode):
        raise BadSource(node.start_mark, "A list is expected here (lines beginning with -).")
    return list(node.value)


def _text(node: Node) -> str:
    if not isinstance(node, ScalarNode):
        raise BadSource(node.start_mark, "A text is expected here.")
    if not node.value.strip():
        raise BadSource(node.start_mark, "The value is empty. Fill it in, or remove the name.")
    text = str(node.value).strip()
    return PLAIN_BOOLEANS.get(text, text) if node.style is None else text
