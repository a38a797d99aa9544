"""Languages are offered to pupils when somebody has read exactly their texts."""

from __future__ import annotations

import pytest

from forms.translated import digest_of
from survey_app.actions import instruments, interface_words, signoffs
from survey_app.actions.errors import LanguageIncomplete, LanguageUnknown, SignerMissing
from survey_app.actions.signoffs import INTERFACE, State
from tests.factories import PETS, make_version

EASY = "sv-simple"  # complete in this repository, and yet a draft


@pytest.fixture
def enkat(context):
    """Publish the built-in enkät with its drafts; give `offered()`: its languages for pupils."""
    version = instruments.newest_version("elevenkat")
    instrument = instruments.instrument_of(version.id)
    return lambda: signoffs.offered(version.id, instrument)


def approve_both(tag: str = EASY) -> None:
    """Approve the pages' own words and the questionnaire."""
    for subject in signoffs.subjects():
        signoffs.approve(subject, tag, "Asha Warsame")


def test_a_draft_is_published_but_not_offered(enkat) -> None:
    """Nobody meets a machine's Somali because a version was published."""
    assert EASY in instruments.instrument_of(instruments.newest_version("elevenkat").id).languages
    assert enkat() == ("sv", "en")


def test_an_approved_language_is_offered_at_once(enkat) -> None:
    """Also in rounds that are open already."""
    approve_both()
    assert enkat() == ("sv", EASY, "en")
    assert signoffs.is_spoken(EASY)


@pytest.mark.parametrize("subject", [INTERFACE, "elevenkat"])
def test_both_parts_are_needed(enkat, subject) -> None:
    """A page never falls back to another language in the middle."""
    signoffs.approve(subject, EASY, "Asha Warsame")
    assert enkat() == ("sv", "en")


def test_an_approval_can_be_taken_back(enkat) -> None:
    """For when a mistake is found."""
    approve_both()
    signoffs.withdraw("elevenkat", EASY)
    assert enkat() == ("sv", "en")
    assert signoffs.standing("elevenkat", EASY).state is State.DRAFT


def test_a_changed_text_ends_the_approval(enkat, monkeypatch) -> None:
    """What was read is what is shown, to the letter."""
    approve_both()
    changed = list(interface_words.texts_in(EASY))
    changed[0] = type(changed[0])(changed[0].place, changed[0].source, "Något helt annat")
    monkeypatch.setattr(interface_words, "texts_in", lambda _tag: changed)
    monkeypatch.setattr(interface_words, "digest_in", lambda _tag: digest_of(changed))
    assert signoffs.standing(INTERFACE, EASY).state is State.CHANGED
    assert not signoffs.is_spoken(EASY)
    assert enkat() == ("sv", "en")


def test_what_was_approved_is_told(enkat) -> None:
    """Who has read it, and when."""
    assert signoffs.standing("elevenkat", EASY).state is State.DRAFT
    approve_both()
    found = signoffs.standing("elevenkat", EASY)
    assert found.state is State.APPROVED
    assert found.is_complete
    assert found.signoff is not None
    assert found.signoff.checked_by == "Asha Warsame"
    assert signoffs.standing("elevenkat", "en").state is State.SOURCE


def test_an_incomplete_language_cannot_be_approved(context, monkeypatch) -> None:
    """Every text has to be there."""
    texts = [*interface_words.texts_in(EASY)]
    texts[3] = type(texts[3])(texts[3].place, texts[3].source, "")
    monkeypatch.setattr(interface_words, "texts_in", lambda _tag: texts)
    with pytest.raises(LanguageIncomplete):
        signoffs.approve(INTERFACE, EASY, "Asha Warsame")


@pytest.mark.parametrize(("subject", "tag"), [(INTERFACE, "xx"), ("nope", EASY), (INTERFACE, "en")])
def test_what_needs_no_approval_gets_none(context, subject, tag) -> None:
    """A misspelt language is no language."""
    with pytest.raises(LanguageUnknown):
        signoffs.approve(subject, tag, "Asha Warsame")


def test_somebody_must_have_read_it(context) -> None:
    """An approval without a name says nothing."""
    with pytest.raises(SignerMissing):
        signoffs.approve(INTERFACE, EASY, "  ")


def test_an_authors_own_languages_are_offered_by_publishing(context) -> None:
    """Publishing is the author's word that somebody has read them."""
    version = make_version(PETS.replace("English (en)", "Soomaali (so)"))
    assert signoffs.offered(version.id, instruments.instrument_of(version.id)) == ("sv", "so")
