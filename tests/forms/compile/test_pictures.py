"""Pictures of questions and choices: there, named by words, and never from elsewhere."""

from __future__ import annotations

import pytest

from forms.compile import Compiled, compile_workbook
from forms.instrument import QuestionType
from tests.forms.tables import workbook_of

TABLE = """
    survey
    | type           | name | label::Svenska (sv) | media::image |
    | note           | hej  | Hej                 | logo.png     |
    | select_one mood| mood | Hur mår du?         | face.png     |
    choices
    | list_name | name | label::Svenska (sv) | media::image::Svenska (sv) |
    | mood      | 1    | Glad                | glad.png                   |
    | mood      | 2    | Ledsen              | ledsen.png                 |
    settings
    | form_id | default_language |
    | mood    | Svenska (sv)     |
"""
MEDIA = ("logo.png", "face.png", "glad.png", "ledsen.png")


def compiled(table: str = TABLE, media: tuple[str, ...] = MEDIA) -> Compiled:
    """Compile a table that comes with pictures."""
    return compile_workbook(workbook_of(table), media=media)


def found(result: Compiled) -> list[tuple[str, str, str | None, int | None, str | None]]:
    """Give level, code and place of each problem."""
    return [(p.level.value, p.code.name, p.sheet, p.row, p.column) for p in result.problems]


def test_questions_and_choices_have_their_pictures() -> None:
    """What the author named is what is shown."""
    result = compiled()
    assert result.instrument is not None
    assert found(result) == []
    mood = result.instrument.questions["mood"]
    assert mood.type is QuestionType.SELECT_ONE
    assert mood.image == {"sv": "face.png"}
    assert [choice.image for choice in mood.choices] == [{"sv": "glad.png"}, {"sv": "ledsen.png"}]


@pytest.mark.parametrize(
    ("name", "code"), [("other.png", "IMAGE_MISSING"), ("https://x.example/a.png", "IMAGE_ADDRESS")]
)
def test_a_choices_picture_must_have_come_along(name: str, code: str) -> None:
    """Nobody meets an empty frame, and nothing is fetched from another server."""
    result = compiled(TABLE.replace("ledsen.png", name))
    assert result.instrument is None
    assert found(result) == [("error", code, "choices", 3, "media::image::Svenska (sv)")]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("Hur mår du?", ("error", "LABEL_MISSING", "survey", 3, "label::Svenska (sv)")),
        ("Ledsen", ("error", "CHOICE_LABEL_MISSING", "choices", 3, "label::Svenska (sv)")),
        ("Hej", ("warning", "LABEL_MISSING", "survey", 2, "label::Svenska (sv)")),
    ],
)
def test_a_picture_needs_words_beside_it(words: str, problem: tuple[object, ...]) -> None:
    """Who cannot see it can answer too; a note may be a mere ornament."""
    assert found(compiled(TABLE.replace(words, " " * len(words)))) == [problem]
