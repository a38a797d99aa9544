"""Which languages pupils are offered: those whose exact texts somebody has read and approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic

from flask import current_app

import translations
from forms import library
from forms.instrument import Instrument
from forms.languages import PUPILS_LANGUAGES, SOURCE_LANGUAGE, folder_of
from forms.translated import Translated, digest_of, is_complete, texts_of
from survey_app.actions import instruments, interface_words
from survey_app.actions.calendar import today
from survey_app.actions.errors import LanguageIncomplete, LanguageUnknown, SignerMissing
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import LanguageSignoff

INTERFACE = "interface"  # beside the instruments' names; no form_id of ours is called so
# The source, and the language that the interface is written in: nobody has to approve them.
COMPLETE = ("sv", "en")
SIGNED, DIGESTS = "signed_languages", "digests_of_languages"
MOMENT = 1.0  # seconds that another process may go on as before

Signed = frozenset[tuple[str, str, str]]  # subject, language, digest


class State(StrEnum):
    """How far a language is on its way to pupils."""

    SOURCE = "source"
    DRAFT = "draft"
    APPROVED = "approved"
    CHANGED = "changed"  # since it was approved


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one text is in one language.

    Attributes:
        signoff: Perhaps one, which may be for texts that are no longer these.
    """

    subject: str
    language: str
    state: State
    done: int
    total: int
    signoff: LanguageSignoff | None

    @property
    def is_complete(self) -> bool:
        """Tell whether everything has a text, so that it can be approved."""
        return self.done == self.total


def drafts() -> tuple[str, ...]:
    """Give the languages that pupils are offered only when they are approved."""
    return tuple(tag for tag in PUPILS_LANGUAGES if tag not in COMPLETE)


def subjects() -> tuple[str, ...]:
    """Give what is approved one by one: the pages' own words, and pupils' built-in instruments."""
    return (INTERFACE, *library.for_pupils())


def texts(subject: str, tag: str) -> Sequence[Translated]:
    """List the texts of a language: of the newest version that has it, else of the catalogue.

    Raises:
        LanguageUnknown: There is no such text, or no such language.
    """
    if subject not in subjects() or tag not in PUPILS_LANGUAGES:
        raise LanguageUnknown(language=tag)
    if subject == INTERFACE:
        return interface_words.texts_in(tag)
    for version in queries.versions_of(subject)[:1]:
        published = texts_of(instruments.workbook_of(version.id), tag, SOURCE_LANGUAGE)
        if published and is_complete(published):
            return published
    return [Translated(*text) for text in library.texts(subject, tag)]


def catalogue(subject: str, tag: str) -> Path:
    """Find the file that translators fill in.

    Raises:
        LanguageUnknown: There is none.
    """
    domain = interface_words.DOMAIN if subject == INTERFACE else subject
    path = translations.DIRECTORY / folder_of(tag) / "LC_MESSAGES" / f"{domain}.po"
    if subject not in subjects() or tag not in drafts() or not path.exists():
        raise LanguageUnknown(language=tag)
    return path


def standing(subject: str, tag: str) -> Standing:
    """Tell how far a language is."""
    found = texts(subject, tag)
    signoff = queries.signoff_of(subject, tag)
    state = State.DRAFT if signoff is None else State.CHANGED
    if signoff is not None and signoff.digest == digest_of(found):
        state = State.APPROVED
    if tag in COMPLETE:
        state = State.SOURCE
    return Standing(
        subject, tag, state, sum(bool(each.text) for each in found), len(found), signoff
    )


def approve(subject: str, tag: str, checked_by: str) -> None:
    """Note that somebody has read today's texts of a language, and let pupils have them.

    Raises:
        LanguageUnknown: There is no such text, or no such draft.
        LanguageIncomplete: Pupils would meet another language in the middle.
        SignerMissing: Nobody says who has read them.
    """
    if tag not in drafts():
        raise LanguageUnknown(language=tag)
    found = texts(subject, tag)
    if not is_complete(found):
        raise LanguageIncomplete(language=tag, missing=sum(not each.text for each in found))
    if not checked_by.strip():
        raise SignerMissing
    with writing():
        queries.delete_signoff(subject, tag)
        db.session.add(
            LanguageSignoff(
                subject=subject,
                language=tag,
                digest=digest_of(found),
                checked_by=checked_by.strip(),
                signed_on=today(),
            )
        )
    current_app.extensions.pop(SIGNED, None)


def withdraw(subject: str, tag: str) -> None:
    """Take the approval back; who has the page open already may still send."""
    with writing():
        queries.delete_signoff(subject, tag)
    current_app.extensions.pop(SIGNED, None)


def is_spoken(tag: str) -> bool:
    """Tell whether the pages' own words may be shown to pupils in a language."""
    return tag in COMPLETE or (
        tag in drafts() and (INTERFACE, tag, interface_words.digest_in(tag)) in _signed()
    )


def offered(version_id: int, instrument: Instrument) -> tuple[str, ...]:
    """Give the languages of a version that pupils may choose.

    An author's own are all offered: publishing them is the author's word that they are right.
    """
    if instrument.name not in library.names():
        return instrument.languages
    free = (*COMPLETE, instrument.default_language)
    return tuple(tag for tag in instrument.languages if tag in free or _is_signed(version_id, tag))


def _is_signed(version_id: int, tag: str) -> bool:
    name, digest = _published(version_id, tag)
    return is_spoken(tag) and (name, tag, digest) in _signed()


def _published(version_id: int, tag: str) -> tuple[str, str]:
    """Give a version's name, and the digest of its texts in a language; they never change."""
    kept: dict[tuple[int, str], tuple[str, str]] = current_app.extensions.setdefault(DIGESTS, {})
    if (version_id, tag) not in kept:
        name = instruments.instrument_of(version_id).name
        found = texts_of(instruments.workbook_of(version_id), tag, SOURCE_LANGUAGE)
        kept[version_id, tag] = name, digest_of(found) if is_complete(found) else ""
    return kept[version_id, tag]


def _signed() -> Signed:
    seen: tuple[float, Signed] | None = current_app.extensions.get(SIGNED)
    if seen is None or monotonic() - seen[0] > MOMENT:
        seen = monotonic(), queries.signed_languages()
        current_app.extensions[SIGNED] = seen
    return seen[1]
