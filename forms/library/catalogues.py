"""The languages of a built-in instrument: gettext catalogues with one entry per place.

The context of a message (msgctxt) is always where the text stands: ``TRI1.label``,
``agreement.4.label``, ``settings.form_title``. So the same Swedish words can become different
ones in a language that needs it, and a translator sees what kind of text it is. A text without
letters, such as the steps of a ladder, is the same in every language and is in no catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from forms.languages import name_of, tag_of_folder
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
        if _has_letters(text):
            catalog.add(text, context=context)
    return catalog


def languages_of(name: str, source: Source, directory: Path) -> dict[str, Translations]:
    """Find the languages that an instrument can be shown in.

    Args:
        name: The instrument, and its catalogues: ``<directory>/<language>/LC_MESSAGES/<name>.po``.
        source: Its texts in Swedish.
        directory: Where the catalogues lie.

    Returns:
        Language as a column names it, "English (en)" -> its texts; Swedish first, the others by
        tag. A text that is fuzzy, empty or made for another Swedish text is left out, and so is
        a language without any text.
    """
    wanted = {key: key[1] for key in source.texts()}
    same = {key: text for key, text in wanted.items() if not _has_letters(text)}
    languages: dict[str, Translations] = {source.settings.cells["default_language"]: wanted}
    for path in sorted(directory.glob(f"*/LC_MESSAGES/{name}.po")):
        signed_off = {key: text for key, text in _signed_off(path).items() if key in wanted}
        if signed_off:
            languages[_column_name(path)] = same | signed_off
    return languages


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _column_name(path: Path) -> str:
    tag = tag_of_folder(path.parent.parent.name)
    return f"{name_of(tag)} ({tag})"


def _signed_off(path: Path) -> Translations:
    with path.open("rb") as file:
        catalog = read_po(file)
    return {
        (message.context or "", str(message.id)): str(message.string)
        for message in catalog
        if message.id and message.string and not message.fuzzy
    }
