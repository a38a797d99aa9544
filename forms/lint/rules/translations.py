"""Translations that say something else, or nothing new."""

from __future__ import annotations

from collections.abc import Iterator

from forms import markup
from forms.lint.form import Form, Shown, advice, warning
from forms.lint.words import language_of
from forms.problems import Problem, ProblemCode
from forms.readability import letters, words

# Shorter texts are often the same in two languages: names, numbers, "Internet".
SHORTEST_TEXT = 10


def placeholders(form: Form) -> Iterator[Problem]:
    """Name each text whose ${…} are not those of the default language."""
    default = form.instrument.default_language
    for shown in form.shown():
        if shown.language == default or default not in shown.texts:
            continue
        wanted, found = (markup.references(t) for t in (shown.texts[default], shown.text))
        if wanted != found:
            name = sorted(wanted ^ found)[0]
            code = ProblemCode.PLACEHOLDER_DIFFERS
            yield warning(code, shown.place, name=name, language=shown.language, other=default)


def untranslated(form: Form) -> Iterator[Problem]:
    """Name each language in which texts are the same as in the default one, at the first."""
    same: dict[str, list[Shown]] = {}
    for shown in form.shown():
        if _is_copy(shown, form.instrument.default_language):
            same.setdefault(shown.language, []).append(shown)
    for language, texts in same.items():
        place, count = texts[0].place, len(texts)
        yield advice(ProblemCode.TEXT_UNTRANSLATED, place, language=language, count=count)


def _is_copy(shown: Shown, default: str) -> bool:
    if language_of(shown.language) == language_of(default):
        return False
    is_long = letters(shown.text) >= SHORTEST_TEXT and len(words(shown.text)) > 1
    return is_long and shown.texts.get(default) == shown.text
