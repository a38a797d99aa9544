"""The pages' own words as translators write them, beside the Swedish ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import translations
from forms.languages import SOURCE_LANGUAGE, folder_of
from forms.translated import Translated, digest_of, is_complete

DOMAIN = "respond"
SOURCE = translations.DIRECTORY


@cache
def texts_in(tag: str) -> Sequence[Translated]:
    """List every sentence that pupils can meet; its place is its message, in English."""
    own = _texts(SOURCE, tag)
    swedish = _texts(SOURCE, SOURCE_LANGUAGE)
    if tag == "en":  # the messages are the English texts
        own = {place: place.rpartition("|")[2] for place in swedish}
    return tuple(Translated(place, text, own.get(place, "")) for place, text in swedish.items())


@cache
def digest_in(tag: str) -> str:
    """Give the digest of a language's texts; "" when some are missing."""
    found = texts_in(tag)
    return digest_of(found) if is_complete(found) else ""


def _texts(source: Path, tag: str) -> dict[str, str]:
    path = source / folder_of(tag) / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return dict(_pairs(read_po(file)))


def _pairs(messages: Iterable[Message]) -> Iterator[tuple[str, str]]:
    for message in messages:
        if message.id:
            context = f"{message.context}|" if message.context else ""
            yield context + _joined(message.id), _joined(message.string)


def _joined(text: object) -> str:
    """Write the forms of a plural under each other; a missing one makes it untranslated."""
    if not isinstance(text, (list, tuple)):
        return str(text or "")
    return "\n".join(text) if all(text) else ""
