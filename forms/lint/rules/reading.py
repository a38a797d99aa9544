"""Texts that are hard to read: LIX by text and by page, and long sentences for pupils.

Source of the limits: pupils of 10–16 read items under LIX 25 and information under 30; short
texts swing, so a single one is named only when it is clearly above.
"""

from __future__ import annotations

from collections.abc import Iterator

from forms.instrument import Page, Question, is_shown
from forms.lint.form import Form, Shown, advice
from forms.lint.words import ENGLISH, SWEDISH, language_of, plain, sentences_of
from forms.problems import Problem, ProblemCode
from forms.readability import lix, words

# For pupils, and for grown-ups who fill in returns and guides.
TEXT_LIMIT = {True: 40, False: 60}
INFORMATION_LIMIT = {True: 30, False: 50}
PAGE_LIMIT = {True: 30, False: 50}
SENTENCE_WORDS = 12
# In fewer words, one long word decides the value.
TEXT_WORDS, PAGE_WORDS = 7, 20


def hard_texts(form: Form) -> Iterator[Problem]:
    """Name each Swedish text of a question whose LIX is above its limit."""
    for shown in form.shown():
        if not _is_swedish_question(shown) or len(words(plain(shown.text))) < TEXT_WORDS:
            continue
        is_note = isinstance(shown.item, Question) and not shown.item.type.is_input
        limit = (INFORMATION_LIMIT if is_note else TEXT_LIMIT)[form.is_anonymous]
        if (value := lix(plain(shown.text))) > limit:
            yield advice(ProblemCode.TEXT_HARD, shown.place, lix=round(value), limit=limit)


def hard_pages(form: Form) -> Iterator[Problem]:
    """Name each page of several Swedish texts that together are above the limit."""
    limit = PAGE_LIMIT[form.is_anonymous]
    for page in form.instrument.pages:
        tag, texts = _swedish_texts(page)
        text = "\n".join(texts)
        if len(texts) < 2 or len(words(text)) < PAGE_WORDS or (value := lix(text)) <= limit:
            continue
        first = page.questions[0]
        place = form.cell(first, "label", tag)
        yield advice(ProblemCode.PAGE_HARD, place, lix=round(value), limit=limit)


def long_sentences(form: Form) -> Iterator[Problem]:
    """Name each question for pupils with a sentence too long to remember.

    Translations follow the sentences of the default language.
    """
    default = form.instrument.default_language
    if not form.is_anonymous:
        return
    for shown in form.shown():
        is_known = language_of(shown.language) in (SWEDISH, ENGLISH)
        if not is_known or not _is_input_text(shown) or shown.language != default:
            continue
        longest = max((len(words(s)) for s in sentences_of(shown.text)), default=0)
        if longest > SENTENCE_WORDS:
            code = ProblemCode.SENTENCE_LONG
            yield advice(code, shown.place, words=longest, limit=SENTENCE_WORDS)


def _is_swedish_question(shown: Shown) -> bool:
    if language_of(shown.language) != SWEDISH or shown.column != "label":
        return False
    return isinstance(shown.item, Question) and is_shown(shown.item)


def _is_input_text(shown: Shown) -> bool:
    item = shown.item
    return shown.column == "label" and isinstance(item, Question) and item.type.is_input


def _swedish_texts(page: Page) -> tuple[str, list[str]]:
    found = [
        (tag, plain(text))
        for question in page.questions
        for tag, text in question.label.items()
        if language_of(tag) == SWEDISH
    ]
    return (found[0][0] if found else SWEDISH), [text for _, text in found]
