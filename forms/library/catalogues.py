"""The languages of a built-in instrument: gettext catalogues with one entry per place.

The context of a message (msgctxt) is always where the text stands: ``TRI1.label``,
``agreement.4.label``, ``settings.form_title``. So the same Swedish words can become different
ones in a language that needs it, and a translator sees what kind of text it is. A text without
letters, such as the steps of a ladder, is the same in every language and is in no catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from forms.languages import PUPILS_LANGUAGES, name_of, tag_of_folder
from forms.library.source import Source, TextKey

Translations = Mapping[TextKey, str]


def template_of(source: Source) -> Catalog:
    """Give the empty catalogue that translators begin with, in the order of the questionnaire."""
    title = source.settings.cells.get("form_title", source.settings.cells["form_id"])
    catalog = Catalog(
        header_comment=f"# Texts of the questionnaire “{title}”; msgctxt says where each stands.",
        project="survey-app",
        msgid_bugs_address="none",
        charset="utf-8",
        fuzzy=False,
    )
    for context, text in source.texts():
        if has_letters(text):
            catalog.add(text, context=context)
    return catalog


def languages_of(
    name: str, source: Source, directory: Path, *, with_drafts: bool = False
) -> dict[str, Translations]:
    """Find the languages that an instrument can be shown in.

    Args:
        name: The instrument, and its catalogues: ``<directory>/<language>/LC_MESSAGES/<name>.po``.
        source: Its texts in Swedish.
        directory: Where the catalogues lie.
        with_drafts: Take fuzzy texts too; then languages that lack any text are left out.

    Returns:
        Language as a column names it, "English (en)" -> its texts; Swedish first, the others as
        `PUPILS_LANGUAGES` has them. A text that is fuzzy, empty or made for another Swedish text
        is left out, and so is a language without any text.
    """
    wanted = {key: key[1] for key in source.texts()}
    same = {key: text for key, text in wanted.items() if not has_letters(text)}
    languages: dict[str, Translations] = {source.settings.cells["default_language"]: wanted}
    for tag, path in _paths(name, directory):
        kept = texts_in(path, with_drafts=with_drafts)
        found = same | {key: text for key, text in kept.items() if key in wanted}
        is_enough = len(found) == len(wanted) if with_drafts else len(found) > len(same)
        if is_enough:
            languages[f"{name_of(tag)} ({tag})"] = found
    return languages


def _paths(name: str, directory: Path) -> Sequence[tuple[str, Path]]:
    paths = directory.glob(f"*/LC_MESSAGES/{name}.po")
    found = [(tag_of_folder(path.parent.parent.name), path) for path in paths]
    known = {tag: place for place, tag in enumerate(PUPILS_LANGUAGES)}
    return sorted(found, key=lambda pair: (known.get(pair[0], len(known)), pair[0]))


def has_letters(text: str) -> bool:
    """Tell whether a text needs a translation."""
    return any(character.isalpha() for character in text)


def texts_in(path: Path, *, with_drafts: bool) -> Translations:
    """Read the texts of a catalogue that are translated."""
    with path.open("rb") as file:
        catalog = read_po(file)
    return {
        (message.context or "", str(message.id)): str(message.string)
        for message in catalog
        if message.id and message.string and (with_drafts or not message.fuzzy)
    }
