"""Habits of the Swedish words: whole, Swedish through and through, and easy where pupils read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Message

import survey_app.collect.taking  # noqa: F401 - has errors of its own for those who answer
from forms.readability import lix, sentences, words
from scripts.translations import PUPILS as PUPILS_DOMAIN
from scripts.translations import STAFF, TRANSLATIONS, messages_of, read
from survey_app.actions.errors import ActionError

GAP = re.compile(r"%\(\w+\)s|\$\{[^}]*\}")
# XLSForm's own words, file formats and settings, which authors meet in other tools as they are.
TERM = re.compile(
    r"\b(?:[a-z]+_[a-z]+(?:_[a-z]+)*|survey|XLSForm|XML|PNG|JPEG|GIF|WebP|LibreOffice|keep_default_na|regex)\b"
    r"|label::\S+|\.xlsx?\b"
)
# Words that are the same in both languages.
SAME_IN_BOTH = {
    "CSV", "Cell", "Definition", "Dimension", "Format", "OK", "Orange", "SPSS (.sav)", "Stata (.dta)",
    "Period", "Team", "Version", "nominal", "ordinal", "version %(number)s",
    "%(label)s. %(title)s. %(n)s. Definition %(definition)s.",
}  # fmt: skip
# Swedish has ”…” at both ends; these show a straight mark that stands in a cell.
STRAIGHT_MARKS = ("An answer in words that reads as", "The curly quotation mark")
# Where the words are that pupils read.
PUPILS = (
    "forms/answers.py",
    "forms/types.py",
    "survey_app/collect/",
    "survey_app/errors.py",
    "survey_app/respond/",
    "survey_app/templates/respond/",
)
ERRORS = "the errors of the enkät"
VERY_EASY = 30  # LIX
ENOUGH = 10  # words that LIX can judge by themselves
LONGEST_SENTENCE = 16  # words


@cache
def swedish() -> tuple[Message, ...]:
    """Give the messages of the interface's Swedish catalogues."""
    folder = TRANSLATIONS / "sv" / "LC_MESSAGES"
    read_both = [read(folder / f"{domain}.po") for domain in (STAFF, PUPILS_DOMAIN)]
    return tuple(message for each in read_both for message in messages_of(each).values())


def texts_of(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each English text with its Swedish one: two pairs for a plural."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        yield from zip(message.id, tuple(message.string or ()), strict=True)


def pairs() -> list[tuple[str, str]]:
    """Give every English text with its Swedish one."""
    return [pair for message in swedish() for pair in texts_of(message)]


def in_figures(text: str) -> str:
    """Fill the gaps with a figure, as a reader meets them."""
    return GAP.sub("3", text)


def pupils_texts() -> dict[str, list[str]]:
    """Give the Swedish texts that pupils may read, by the place that says them."""
    said = {error.to_respondents or error.sentence for error in errors_of_the_enkat()}
    found: dict[str, list[str]] = {ERRORS: []}
    for message in swedish():
        text = in_figures(" ".join(text for _, text in texts_of(message)))
        for place in PUPILS:
            if any(path.startswith(place) for path, _line in message.locations):
                found.setdefault(place, []).append(text)
        if message.id in said:
            found[ERRORS].append(text)
    return found


def errors_of_the_enkat() -> list[type[ActionError]]:
    """Give the errors with words of their own for those who answer, and those of a posted page."""
    return [
        error
        for error in ActionError.__subclasses__()
        if error.to_respondents or error.__module__.startswith("survey_app.collect")
    ]


def test_every_gap_of_a_sentence_is_kept() -> None:
    """No page breaks, and no author loses the row or the name that the sentence is about."""
    lost = [
        english for english, text in pairs() if set(GAP.findall(english)) != set(GAP.findall(text))
    ]
    assert lost == []


def test_the_terms_of_xlsform_stay_as_authors_know_them() -> None:
    """An author finds the column that a problem speaks of."""
    changed = [
        (english, sorted(set(TERM.findall(english)) ^ set(TERM.findall(text))))
        for english, text in pairs()
        if set(TERM.findall(english)) != set(TERM.findall(text))
    ]
    assert changed == []


def test_no_english_is_left_over() -> None:
    """Nobody meets a sentence that was copied and forgotten."""
    same = {english for english, text in pairs() if english == text}
    assert same == SAME_IN_BOTH


def test_english_words_do_not_stand_in_swedish_sentences() -> None:
    """No half-translated sentence reaches a screen."""
    english_only = re.compile(r"\b(the|and|of|is|not|your|with|this|was|which)\b", re.IGNORECASE)
    mixed = [text for _, text in pairs() if english_only.search(TERM.sub("", text))]
    assert mixed == []


def test_everyone_is_called_du() -> None:
    """The whole system speaks to its reader in one way."""
    ni = re.compile(r"\b(ni|er|ert|era|man)\b", re.IGNORECASE)
    # "man" is right where a sentence is about people in general.
    in_general = ("man kan kryssa", "skulle man kunna se")
    found = [
        text
        for _, text in pairs()
        if ni.search(text) and not any(phrase in text for phrase in in_general)
    ]
    assert found == []


def test_quotation_marks_are_swedish() -> None:
    """Swedish sets ”…”, not “…”, and no straight marks."""
    foreign = [
        english
        for english, text in pairs()
        if re.search('["“„«»]', text) and not english.startswith(STRAIGHT_MARKS)
    ]
    assert foreign == []


def test_sentences_end_as_in_english() -> None:
    """A sentence stays a sentence, and a label a label."""
    end = re.compile(r"[.!?…:]$")
    uneven = [
        english
        for english, text in pairs()
        # A title may be a question in one language and none in the other.
        if not english.endswith("?") and bool(end.search(english)) != bool(end.search(text))
    ]
    assert uneven == []


@pytest.mark.parametrize("place", [*PUPILS, ERRORS])
def test_pupils_words_are_very_easy(place: str) -> None:
    """A ten-year-old reads alone. LIX says nothing of a word or two: they are measured together."""
    texts = pupils_texts()[place]
    assert 0 < lix("\n".join(texts)) < VERY_EASY
    assert [text for text in texts if len(words(text)) >= ENOUGH and lix(text) >= VERY_EASY] == []


def test_pupils_sentences_are_short() -> None:
    """A ten-year-old has not forgotten the beginning at the end."""
    long = [
        sentence
        for texts in pupils_texts().values()
        for text in texts
        for sentence in sentences(text)
        if len(words(sentence)) > LONGEST_SENTENCE
    ]
    assert long == []
