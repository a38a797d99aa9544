"""Habits of the translations: the check that keeps them complete sees what is wrong."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog

from forms.languages import PUPILS_LANGUAGES, folder_of
from scripts import translations
from survey_app.actions.errors import ActionError

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


def test_a_mark_of_a_conflict_is_found(
    swedish: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of each side would be lost in silence; nothing is written before it is mended."""
    swedish.add(GREETING, "Det finns %(count)s omgångar.")
    assert problems_with(swedish) == []
    path = translations.TRANSLATIONS / "sv" / "LC_MESSAGES" / "messages.po"
    torn = path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n=======\n>>>>>>> b\n"
    path.write_text(torn, encoding="utf-8")
    line = torn.count("\n") - 2
    for command in ("check", "update"):
        assert translations.main([command]) == 1
        assert f"messages.po, line {line}: '<<<<<<< HEAD'" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == torn


def all_errors(kind: type[ActionError] = ActionError) -> list[type[ActionError]]:
    """Give every kind of error that an action can end in."""
    return [kind, *(each for below in kind.__subclasses__() for each in all_errors(below))]


def test_what_pupils_meet_is_a_domain_of_its_own() -> None:
    """A translator gets every sentence that a pupil can meet, and none of the staff's."""
    parts = translations.split(translations.extract())
    pupils = {key[1] for key in translations.messages_of(parts[translations.PUPILS])}
    staff = {key[1] for key in translations.messages_of(parts[translations.STAFF])}
    assert {"Next", "Thank you! Your answers are sent.", "There is no such page"} <= pupils
    assert {each.to_respondents for each in all_errors()} - {""} <= pupils
    assert {"Log out", "Questionnaires"} <= staff
    assert not set(translations.messages_of(parts[translations.PUPILS])) & set(
        translations.messages_of(parts[translations.STAFF])
    )


@pytest.mark.parametrize("tag", PUPILS_LANGUAGES)
def test_plural_forms_are_those_of_cldr(tag: str) -> None:
    """Whoever counts pupils in Arabic or Polish meets the right one of the forms."""
    rule = Locale.parse(folder_of(tag)).plural_form
    forms = translations.new_catalog(tag)
    names: list[str] = [name for name in ("zero", "one", "two", "few", "many", "other") if name in
             {rule(number) for number in range(1_000)}]  # fmt: skip
    assert forms.num_plurals == len(names)
    choose = gettext.c2py(forms.plural_expr)  # type: ignore[attr-defined]
    assert [choose(number) for number in range(1_000)] == [
        names.index(rule(number)) for number in range(1_000)
    ]


def test_a_draft_lacks_what_it_lacks(swedish: Catalog) -> None:
    """An unfinished language stops nobody's work; it is counted."""
    swedish.add(GREETING, "Det finns %(count)s omgångar.")
    folder = translations.TRANSLATIONS / "so" / "LC_MESSAGES"
    translations.write(folder / "messages.po", Catalog(locale="so", fuzzy=False))
    assert problems_with(swedish) == []
    assert list(translations.progress()) == ["so: messages 0 of 1"]


def test_other_digits_are_found(swedish: Catalog) -> None:
    """A page never mixes two ways of writing a number."""
    swedish.add(GREETING, "Det finns %(count)s omgångar.")
    persian = Catalog(locale="fa", fuzzy=False)
    persian.add(GREETING, "۳ %(count)s", flags=["fuzzy"])
    folder = translations.TRANSLATIONS / "fa" / "LC_MESSAGES"
    translations.write(folder / "messages.po", persian)
    assert any("digits" in problem for problem in problems_with(swedish))
