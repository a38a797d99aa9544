"""Habits of the drafts: what a script can see of a language that its author may not speak."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from forms import library
from forms.languages import PUPILS_LANGUAGES, SOURCE_LANGUAGE, folder_of
from scripts.translations import PUPILS, TRANSLATIONS, messages_of, read, texts_of

SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "ckb": "ARABIC", "ti": "ETHIOPIC"}  # the others: Latin
# Look-alikes that belong to another language in the same script: searching and reading aloud fail.
STRANGE_LETTERS = {"ar": "یکەۆێڵڕپچگژ", "fa": "يكەۆێڵڕى", "ckb": "يكىةذثصضطظ"}
GAP = re.compile(r"%\(\w+\)s")
KEPT = re.compile(r"\bhttps\b")
END = re.compile(r"[.:?!؟።፦]$")
LONGEST = 2.5  # a label that is longer than so many times the Swedish one breaks its row of answers
TAGS = [tag for tag in PUPILS_LANGUAGES if tag not in (SOURCE_LANGUAGE, "en")]
CATALOGUES = [
    (tag, TRANSLATIONS / folder_of(tag) / "LC_MESSAGES" / f"{domain}.po")
    for tag in TAGS
    for domain in (PUPILS, *library.for_pupils())
]
each_catalogue = pytest.mark.parametrize(
    ("tag", "path"), CATALOGUES, ids=[f"{tag}-{path.stem}" for tag, path in CATALOGUES]
)


def translated(path: Path) -> Iterator[tuple[Message, str]]:
    """Yield each message that has a text, with each of its texts."""
    for message in messages_of(read(path)).values():
        yield from ((message, text) for text in texts_of(message) if text)


def source_of(message: Message) -> str:
    """Give the text that was translated; for a plural the one of many."""
    return str(message.id[-1] if isinstance(message.id, (list, tuple)) else message.id)


def letters(text: str) -> str:
    """Give the letters of a text, without its gaps and what is the same in every language."""
    return "".join(letter for letter in KEPT.sub("", GAP.sub("", text)) if letter.isalpha())


@each_catalogue
def test_words_are_in_the_script_of_their_language(tag: str, path: Path) -> None:
    """No word of another language is left over, and no letter from a neighbour's keyboard."""
    script = SCRIPTS.get(tag, "LATIN")
    for _message, text in translated(path):
        strange = {letter for letter in letters(text) if letter in STRANGE_LETTERS.get(tag, "")}
        other = {letter for letter in letters(text) if script not in unicodedata.name(letter)}
        assert (strange, other) == (set(), set()), text


@each_catalogue
def test_gaps_are_kept_in_every_plural_form(tag: str, path: Path) -> None:
    """The number shows in each of Arabic's six forms."""
    for message, text in translated(path):
        assert sorted(GAP.findall(text)) == sorted(GAP.findall(source_of(message))), text


@each_catalogue
def test_a_sentence_ends_as_one(tag: str, path: Path) -> None:
    """Reading aloud pauses where the source does, and a label does not."""
    for message, text in translated(path):
        assert bool(END.search(text)) == bool(END.search(source_of(message))), text


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", library.for_pupils())
def test_alternatives_stay_short(tag: str, name: str) -> None:
    """A row of answers still fits on a tablet."""
    for message, text in translated(TRANSLATIONS / folder_of(tag) / "LC_MESSAGES" / f"{name}.po"):
        if (message.context or "").count(".") == 2:
            assert len(text) <= LONGEST * len(source_of(message)), text


@pytest.mark.parametrize("tag", [tag for tag in TAGS if not tag.startswith(SOURCE_LANGUAGE)])
@pytest.mark.parametrize("name", library.for_pupils())
def test_no_text_is_still_swedish(tag: str, name: str) -> None:
    """A text that was copied to be translated later is found."""
    for message, text in translated(TRANSLATIONS / folder_of(tag) / "LC_MESSAGES" / f"{name}.po"):
        assert text != source_of(message)
