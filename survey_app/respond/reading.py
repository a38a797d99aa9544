"""How a page speaks to its reader: its languages and their directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask import url_for
from flask_babel import get_locale
from markupsafe import Markup

from forms.languages import Texts, direction, name_of, tag_of_folder, text_in
from survey_app.actions import pictures as kept_pictures
from survey_app.actions import sealing
from survey_app.collect.visits import Visit
from survey_app.respond.words import offline_words


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """Where a picture is fetched, and the room to keep for it: pixels, or None."""

    address: str
    width: int | None
    height: int | None


NO_PICTURES: Mapping[str, ShownPicture] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reader:
    """What templates ask about the reader's languages, and where pictures are.

    Attributes:
        language: The questionnaire's tag, which is the page's.
        words: Attributes for interface words, when they are in another language.
        title_words: Attributes for the title, when it is.
        own: Attributes for questionnaire texts among interface words.
        pictures: The pictures by the author's names for them.
    """

    language: str
    direction: str
    words: Markup
    title_words: Markup
    own: Markup
    pictures: Mapping[str, ShownPicture]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language that the questionnaire can be read in, named in itself."""

    tag: str
    name: str
    direction: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a questionnaire stands, so that its page can link there.

    Attributes:
        action: Where it is sent.
        languages: Links to it in its languages.
        pictures: The pictures by the author's names for them.
        is_trial: It is only tried: nothing is stored.
        has_script: Whether it becomes one screen at a time; the long page works without.
        offline: What its script needs to work without a network; None where it does not.
    """

    action: str
    languages: Sequence[LanguageLink]
    pictures: Mapping[str, ShownPicture]
    is_trial: bool = False
    has_script: bool = True
    offline: Mapping[str, object] | None = None


def place_of(visit: Visit) -> Place:
    """Tell where a round's questionnaire stands."""
    links = tuple(language_links(visit))
    pictures = dict(_pictures(visit))
    return Place(address_of(visit), links, pictures, offline=offline_of(visit))


def offline_of(visit: Visit) -> Mapping[str, object]:
    """Tell a page's script where the round is, whom to seal answers for, and what to say."""
    name = visit.round.name
    return {
        "round": url_for("respond.questionnaire", round_name=name),
        "name": name,
        "key": sealing.public_key(name),
        "thanks": address_of(visit, "respond.thanks"),
        "tablet": url_for("respond.tablet", round_name=name),
        "manifest": address_of(visit, "respond.manifest"),
        "worker": url_for("respond.worker", round_name=name),
        "words": offline_words(),
    }


def reader_of(visit: Visit, pictures: Mapping[str, ShownPicture] = NO_PICTURES) -> Reader:
    """Tell which texts of the page are in another language than the page."""
    interface = tag_of_folder(str(get_locale()))
    _, title_language = title_of(visit)
    is_mixed = interface != visit.language
    return Reader(
        language=visit.language,
        direction=direction(visit.language),
        words=_marked(interface) if is_mixed else Markup(),
        title_words=_marked(title_language) if title_language != visit.language else Markup(),
        own=_marked(visit.language) if is_mixed else Markup(),
        pictures=pictures,
    )


def title_of(visit: Visit) -> tuple[str, str]:
    """Give the questionnaire's title and the tag of its language."""
    texts: Texts = visit.instrument.title
    return text_in(texts, visit.language, visit.instrument.default_language)


def address_of(visit: Visit, endpoint: str = "respond.questionnaire") -> str:
    """Give the address of the visit's own page, without the default language's tag."""
    return _address(visit, visit.language, endpoint)


def language_links(visit: Visit) -> Iterator[LanguageLink]:
    """Offer the questionnaire's languages that pupils may have, in the author's order."""
    for tag in visit.offered:
        yield LanguageLink(
            tag=tag,
            name=name_of(tag),
            direction=direction(tag),
            address=_address(visit, tag, "respond.questionnaire"),
            is_current=tag == visit.language,
        )


def _pictures(visit: Visit) -> Iterator[tuple[str, ShownPicture]]:
    for kept in kept_pictures.shown_by(visit.round.version_id):
        address = url_for("respond.picture", round_name=visit.round.name, file_name=kept.name)
        yield kept.name, ShownPicture(address, kept.width, kept.height)


def _address(visit: Visit, tag: str, endpoint: str) -> str:
    language = None if tag == visit.instrument.default_language else tag
    return url_for(endpoint, round_name=visit.round.name, language=language)


def _marked(tag: str) -> Markup:
    return Markup(' lang="{}" dir="{}"').format(tag, direction(tag))
