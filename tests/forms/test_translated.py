"""Texts beside their source: the same ones have the same digest wherever they are read."""

from __future__ import annotations

import pytest

from forms import library
from forms.languages import PUPILS_LANGUAGES
from forms.translated import Translated, digest_of, is_complete, texts_of
from tests.forms.tables import workbook_of

BOOK = """
    survey
    | type             | name | label::Svenska (sv) | label::Suomi (fi) | hint::Svenska (sv) |
    | select_one yesno | pets | Har du husdjur?     | Onko lemmikkiä?   | Katt               |
    choices
    | list_name | name | label::Svenska (sv) | label::Suomi (fi) |
    | yesno     | 1    | Ja                  | Kyllä             |
    | yesno     | 7    | 7                   | 7                 |
    settings
    | form_id | form_title | sa_title::Svenska (sv) | sa_title::Suomi (fi) | default_language |
    | pets    | Husdjur    | Husdjur                | Lemmikit             | Svenska (sv)     |
"""


def test_texts_stand_beside_their_source() -> None:
    """A second speaker sees what each text says in Swedish, and what is missing."""
    assert texts_of(workbook_of(BOOK), "fi", "sv") == (
        Translated("settings.form_title", "Husdjur", "Lemmikit"),
        Translated("pets.label", "Har du husdjur?", "Onko lemmikkiä?"),
        Translated("pets.hint", "Katt", ""),
        Translated("yesno.1.label", "Ja", "Kyllä"),
    )
    assert not is_complete(texts_of(workbook_of(BOOK), "fi", "sv"))


@pytest.mark.parametrize(
    "change",
    [("Kyllä", "Joo"), ("Katt    ", "Hund    "), ("| 1    |", "| 2    |")],
    ids=["text", "source", "place"],
)
def test_a_change_of_a_letter_changes_the_digest(change) -> None:
    """What was approved is exactly what is shown."""
    before = digest_of(texts_of(workbook_of(BOOK), "fi", "sv"))
    after = digest_of(texts_of(workbook_of(BOOK.replace(*change)), "fi", "sv"))
    assert before != after


@pytest.mark.parametrize("tag", PUPILS_LANGUAGES[1:3])
@pytest.mark.parametrize("name", library.for_pupils())
def test_catalogue_and_workbook_have_the_same_digest(name, tag) -> None:
    """A text approved before it is published is approved after."""
    published = texts_of(library.load(name, with_drafts=True), tag, "sv")
    written = [Translated(*text) for text in library.texts(name, tag)]
    assert is_complete(written)
    assert digest_of(published) == digest_of(written)
