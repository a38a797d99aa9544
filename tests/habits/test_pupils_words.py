"""Habits of the words that pupils meet: the promise is easy and true, lättläst is easier still."""

from __future__ import annotations

import re

import pytest
from fontTools.ttLib import TTFont

from forms import library
from forms.languages import EASY_SWEDISH
from forms.readability import lix, sentences, words
from scripts.ethiopic_font import TARGET, used
from survey_app.actions.interface_words import texts_in
from tests.tools.programs import ROOT

PROMISE = ROOT / "survey_app" / "templates" / "respond" / "promise.html"
VERY_EASY = 30  # LIX


def promise(tag: str) -> list[str]:
    """Give the sentences of the promise in a language."""
    said = re.findall(r'_\("([^"]+)"\)', PROMISE.read_text(encoding="utf-8"))
    own = {each.place: each.text for each in texts_in(tag)}
    return [own[sentence] for sentence in said]


@pytest.mark.parametrize("tag", ["sv", EASY_SWEDISH])
def test_the_promise_is_very_easy_and_short(tag) -> None:
    """A pupil of ten reads it to the end before the first question."""
    whole = "\n".join(promise(tag))
    assert 0 < lix(whole) < VERY_EASY
    assert all(lix(text) < VERY_EASY for text in promise(tag))
    assert len(words(whole)) <= 130


def test_the_promise_says_what_it_must() -> None:
    """What is kept, who reads it and when, that nothing can be taken back, that all is free."""
    whole = " ".join(promise("sv"))
    for part in (
        "vill svara",
        "Vi sparar",
        "inte ditt namn",
        "vilken stadsdel",
        "minst fem",
        "ta tillbaka",
    ):
        assert part in whole
    assert "När omgången är slut läser" in whole


@pytest.mark.parametrize("subject", ["respond", *library.for_pupils()])
def test_easy_swedish_is_easier_than_swedish(subject) -> None:
    """A text of its own, and not the same one under another name."""
    texts = (
        [(each.source, each.text) for each in texts_in(EASY_SWEDISH)]
        if subject == "respond"
        else [pair[1:] for pair in library.texts(subject, EASY_SWEDISH)]
    )
    standard, easy = ("\n".join(column) for column in zip(*texts, strict=True))
    assert lix(easy) < lix(standard) - 3
    assert max(len(words(each)) for each in sentences(easy)) <= 11
    different = sum(source != text for source, text in texts)
    assert different > len(texts) / 2


def test_the_font_has_every_letter_of_the_tigrinya_texts() -> None:
    """No pupil meets an empty box. To mend it: python -m scripts.ethiopic_font."""
    for name, needed in (("ethiopic.woff2", set(used())), ("ethiopic-name.woff2", set("ትግርኛ"))):
        path = TARGET / name
        with TTFont(path) as font:
            held = {chr(code) for code in font.getBestCmap()}
        assert needed <= held, name
        assert path.stat().st_size < 40_000
    assert (TARGET / "OFL.txt").exists()
