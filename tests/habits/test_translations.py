"""Habits of the translations: the check that keeps them complete sees what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts import translations

GREETING = "There are %(count)s rounds."


@pytest.fixture
def swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Give an empty Swedish catalogue; the template and the code have one message."""
    template = Catalog(fuzzy=False)
    template.add(GREETING, locations=[("page.html", 1)])
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(translations, "extract", lambda: template)
    translations.write(tmp_path / "messages.pot", template)
    return Catalog(locale="sv", fuzzy=False)


def problems_with(catalog: Catalog) -> list[str]:
    """Save the Swedish catalogue, then give what the check says."""
    folder = translations.TRANSLATIONS / "sv" / "LC_MESSAGES"
    translations.write(folder / "messages.po", catalog)
    return list(translations.problems())


def test_a_complete_catalogue_passes(swedish: Catalog) -> None:
    """The check is silent when all is well."""
    swedish.add(GREETING, "Det finns %(count)s omgångar.")
    assert problems_with(swedish) == []


def test_a_message_of_the_code_must_be_in_the_catalogue(swedish: Catalog) -> None:
    """Nobody in a school meets an English sentence."""
    assert any("lacks" in problem for problem in problems_with(swedish))


def test_an_empty_translation_is_found(swedish: Catalog) -> None:
    """A sentence that nobody translated is as bad as none."""
    swedish.add(GREETING)
    assert any("not translated" in problem for problem in problems_with(swedish))


def test_a_guess_is_found(swedish: Catalog) -> None:
    """A translation that nobody has read is not shown."""
    swedish.add(GREETING, "Det finns %(count)s omgångar.", flags=["fuzzy"])
    assert any("fuzzy" in problem for problem in problems_with(swedish))


def test_a_wrong_gap_is_found(swedish: Catalog) -> None:
    """A sentence with a gap of another name would break its page."""
    swedish.add(GREETING, "Det finns %(antal)s omgångar.")
    assert len(problems_with(swedish)) == 1


def test_a_message_that_the_code_dropped_is_found(swedish: Catalog) -> None:
    """Translators translate only what is shown."""
    swedish.add(GREETING, "Det finns %(count)s omgångar.")
    swedish.add("Gone.", "Borta.")
    assert any("still has" in problem for problem in problems_with(swedish))
    template = translations.read(translations.TRANSLATIONS / "messages.pot")
    template.add("Gone.")
    translations.write(translations.TRANSLATIONS / "messages.pot", template)
    assert any("messages.pot still has" in problem for problem in translations.problems())
