"""The catalogues of built-in instruments keep pace with the YAML."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from forms import library
from translations import DIRECTORY

MEND = "Run: python -m scripts.instrument_catalogues"
COMPLETE = [(name, "en") for name in library.names()]


def read(path: Path) -> Catalog:
    """Read a template or a catalogue."""
    with path.open("rb") as file:
        return read_po(file)


def keys(catalog: Catalog) -> list[tuple[str | None, object]]:
    """List context and text of each message, in the order of the file."""
    return [(message.context, message.id) for message in catalog if message.id]


def catalogues() -> list[tuple[str, Path]]:
    """Find every catalogue of a built-in instrument."""
    return [
        (name, path)
        for name in library.names()
        for path in sorted(DIRECTORY.glob(f"*/LC_MESSAGES/{name}.po"))
    ]


@pytest.mark.parametrize("name", library.names())
def test_the_template_has_the_texts_of_the_yaml(name) -> None:
    """Translators work on today's wording."""
    assert sorted(keys(read(DIRECTORY / f"{name}.pot"))) == sorted(keys(library.extract(name))), (
        MEND
    )


@pytest.mark.parametrize(("name", "path"), catalogues(), ids=lambda value: str(value)[-30:])
def test_no_complete_catalogue_is_stale(name, path) -> None:
    """A changed sentence loses its old translation; a draft only counts what it lacks."""
    if (name, path.parent.parent.name) not in COMPLETE:
        return
    assert sorted(keys(read(path))) == sorted(keys(library.extract(name))), MEND


@pytest.mark.parametrize(("name", "language"), COMPLETE)
def test_a_complete_language_has_every_text_signed_off(name, language) -> None:
    """Pupils who read English meet no Swedish sentence."""
    catalogue = read(DIRECTORY / language / "LC_MESSAGES" / f"{name}.po")
    assert [m.context for m in catalogue if m.id and (m.fuzzy or not m.string)] == []


@pytest.mark.parametrize(("name", "path"), catalogues(), ids=lambda value: str(value)[-30:])
def test_equal_alternatives_are_translated_alike(name, path) -> None:
    """The same scale reads the same on every screen: `Stämmer helt` has one translation."""
    translations = defaultdict(set)
    for message in read(path):
        if (message.context or "").count(".") == 2:
            translations[message.id].add(message.string)
    if (name, path.parent.parent.name) in COMPLETE:
        assert len(translations) > 3
    assert {text: found for text, found in translations.items() if len(found) > 1} == {}


def test_each_text_has_a_place_of_its_own() -> None:
    """The context alone tells a translator where a sentence stands."""
    contexts = [context for context, _ in keys(library.extract("elevenkat"))]
    assert {"settings.form_title", "welcome.label", "ONS1.constraint_message"} <= set(contexts)
    assert len(contexts) == len(set(contexts))
