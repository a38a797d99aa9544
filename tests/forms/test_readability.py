"""LIX, checked by hand-counted texts."""

from __future__ import annotations

import unicodedata

import pytest

from forms.readability import letters, lix, sentences, words


def test_lix_is_words_per_sentence_plus_the_per_cent_of_long_words() -> None:
    """The oracle: 8 words in 2 sentences, one of them long: 4 + 12.5."""
    assert lix("Jag trivs i skolan. Mina lärare hjälper mig.") == 16.5


def test_a_word_of_six_letters_is_short_and_one_of_seven_is_long() -> None:
    """The border lies where Björnsson put it."""
    assert lix("skolan") == 1
    assert lix("klassen") == 101


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_swedish_letters_are_one_letter_each(form) -> None:
    """A text copied from a Mac, where å is a and a ring, measures the same."""
    assert lix(unicodedata.normalize(form, "läraré")) == 1
    assert lix(unicodedata.normalize(form, "lärarna")) == 101


def test_marks_and_digits_are_no_letters() -> None:
    """Quotes and hyphens make no word long; a number is read as a word, and is short."""
    assert letters("”skolan”,") == 6
    assert letters("2026-2027") == 0
    assert words("I – åk 4–6: bra!") == ["I", "åk", "4–6:", "bra!"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Hej. Hur är det? Bra!", 3),
        ("Utan slut", 1),
        ("Vad?! Nej…", 2),
        ("Rubrik\nJag sover bra.\n\nJag äter bra.", 3),
        ("Jag ser: en katt", 1),
        ("Det kostar 3.50 i dag.", 1),
        ("Hon sa ”hej.” Han sa (nej.) Så.", 3),
        ("Jag sover. – Vi äter.", 2),
        ("... !", 0),
    ],
)
def test_sentences_end_with_a_mark_or_a_line(text, count) -> None:
    """A heading or an item without a full stop does not melt into the next."""
    assert len(sentences(text)) == count


@pytest.mark.parametrize("text", ["", "  \n ", "– …"])
def test_a_text_without_words_is_zero(text) -> None:
    """Nothing to read is not an error for whoever measures all labels."""
    assert lix(text) == 0.0
