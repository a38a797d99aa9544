"""How hard a Swedish text is to read: LIX (läsbarhetsindex)."""

from __future__ import annotations

import re

LONG_WORD = 7  # letters: "longer than six"
_SENTENCE_END = re.compile(r"[.!?…]+(?=\W*(?:\s|$))|\n+")


def words(text: str) -> list[str]:
    """Split a text into its words, in order.

    A word stands between blanks and has a letter or a digit in it: "4", "1–2" and "mage-ont" are
    one word each, a dash between blanks is none.
    """
    return [part for part in text.split() if _is_word(part)]


def sentences(text: str) -> list[str]:
    """Split a text into its sentences: those of the pieces between ends that have a word.

    A sentence ends with . ! ? or a new line, so headings and items of a list count without an
    end mark, as does a text that has none. A colon does not end one: some ways of counting let
    it, which makes a text look easier than ours.
    """
    return [piece for piece in _SENTENCE_END.split(text) if words(piece)]


def lix(text: str) -> float:
    """Measure readability: mean words per sentence, plus the per cent of long words.

    Only letters count for the length of a word, å, ä and ö as any other.

    Returns:
        Under 30 is very easy, 30–40 easy, over 60 very hard. A text without words is 0.0.

    Source: C. H. Björnsson, Läsbarhet (1968); the bands as at
    https://xn--ordrknare-y2a.se/utveckla-skrivandet/lasbarhetsindex-lix.
    """
    found = words(text)
    if not found:
        return 0.0
    long = sum(letters(word) >= LONG_WORD for word in found)
    return len(found) / len(sentences(text)) + 100 * long / len(found)


def letters(word: str) -> int:
    """Count the letters of a word, leaving out digits and marks.

    The ring of an å that is written as two characters is a mark, and the a its letter.
    """
    return sum(character.isalpha() for character in word)


def _is_word(part: str) -> bool:
    return any(character.isalnum() for character in part)
