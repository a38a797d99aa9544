"""Mistakes in an instrument's YAML are told with their line."""

from __future__ import annotations

import pytest

from forms.library import BadSource
from forms.library.source import parse

SETTINGS = "settings: {form_id: f, default_language: Svenska (sv)}\n"


def mistake(text: str) -> BadSource:
    """Parse `text` under valid settings, whose line is the first, and give the mistake."""
    with pytest.raises(BadSource) as caught:
        parse(SETTINGS + text, "f.yaml")
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("survey:\n  - {type: text, name: A\n  - b: c\n", 4, "expected"),
        ("survey:\n  - {type: text, name: A, lable: B}\n", 3, 'Did you mean "label"?'),
        ("survey:\n  - {type: text}\n", 3, "name must be given"),
        ("survey:\n  - type: text\n    name: A\n    type: date\n", 5, '"type" is written twice'),
        ("survey:\n  - {type: text, name: A, label: }\n", 3, "value is empty"),
        ("survey:\n  - {type: text, name: A, label: [B]}\n", 3, "text is expected"),
        ("survey:\n  type: text\n", 3, "list is expected"),
        ("survey:\n  - A\n", 3, "Names with values"),
        ("survey:\n  - {group: g, label: G}\n", 3, "questions must be given"),
        ("survey:\n  - group: g\n    questions:\n      - {type: a, nam: b}\n", 5, '"name"'),
        ("survey:\n  - {repeat: r, label: R}\n", 3, "questions must be given"),
        ("survey:\n  - group: g\n    repeat_count: 2\n    questions: []\n", 4, "not known"),
        ("survey: []\nchoices:\n  l:\n    - {name: 1}\n", 5, "label must be given"),
        ("survey: []\nchoices:\n  l:\n    - {name: 1, label: A, list_name: b}\n", 5, "not known"),
        ("survey: []\nquestions: []\n", 3, '"questions" is not known'),
        ("survey:\n  - ? [a]\n    : b\n", 3, "plain text"),
        ("", 1, "survey must be given"),
    ],
)
def test_a_mistake_names_its_line(text, line, words) -> None:
    """Who writes an instrument by hand goes straight to the place."""
    error = mistake(text)
    assert str(error).startswith(f"f.yaml, line {line}: ")
    assert words in str(error)
    assert error.line == line


def test_an_empty_file_is_a_mistake_too() -> None:
    """Nothing written is told as such, not as a crash."""
    with pytest.raises(BadSource, match=r"f\.yaml, line 1: The file is empty"):
        parse("# only a comment\n", "f.yaml")


def test_a_plain_true_is_yes_and_everything_else_is_text_as_written() -> None:
    """XLSForm writes yes; a version 1.0 or a code 010 or no must not change on the way."""
    cells = (
        parse(
            SETTINGS + "survey:\n  - {type: text, name: A, sa_reverse: true, required: false, "
            "default: 010, label: no, hint: 'true'}\n",
            "f.yaml",
        )
        .survey[0]
        .cells
    )
    assert (cells["sa_reverse"], cells["required"]) == ("yes", "no")
    assert (cells["default"], cells["label"], cells["hint"]) == ("010", "no", "true")


def test_a_repeat_holds_questions_and_says_how_often() -> None:
    """A return has one block for each milestone, as many as the register says."""
    source = parse(
        SETTINGS + "survey:\n"
        "  - repeat: goal\n"
        "    label: Delmål\n"
        "    repeat_count: ${many}\n"
        "    questions:\n"
        "      - {type: text, name: A}\n",
        "f.yaml",
    )
    begin, question, end = (dict(entry.cells) for entry in source.survey)
    assert begin == {
        "type": "begin_repeat",
        "name": "goal",
        "label": "Delmål",
        "repeat_count": "${many}",
    }
    assert (question["name"], end) == ("A", {"type": "end_repeat"})
    assert ("goal.label", "Delmål") in source.texts()


def test_groups_hold_questions_and_groups() -> None:
    """A group becomes its begin and end rows, with what stands in it between them."""
    source = parse(
        SETTINGS + "survey:\n"
        "  - group: outer\n"
        "    label: Ute\n"
        "    appearance: field-list\n"
        "    questions:\n"
        "      - {group: inner, questions: [{type: text, name: A}]}\n"
        "      - {type: text, name: B}\n",
        "f.yaml",
    )
    rows = [(entry.cells["type"], entry.cells.get("name")) for entry in source.survey]
    assert rows == [
        ("begin_group", "outer"),
        ("begin_group", "inner"),
        ("text", "A"),
        ("end_group", None),
        ("text", "B"),
        ("end_group", None),
    ]
    assert source.survey[0].cells["appearance"] == "field-list"
