"""What every built-in interview guide keeps to.

IG-1 Mode and unit.      IG-2 Nothing to mend, in English too.
IG-3 Topics as groups, each with one open note and its probes.      IG-4 Who declines is asked no more.
IG-5 Plain names, codes in ASCII, missing ones marked and last.      IG-6 No question names anybody.
"""

from __future__ import annotations

import re

import pytest

from forms import library
from forms.instrument import Mode, Question, QuestionType
from survey_app.actions.instruments import check
from tests.forms.library.returning import MISSING, instrument, outcome, required

GUIDES = {
    "intervju_elev": ("Interview with a pupil", 8),
    "intervju_vardnadshavare": ("Interview with a guardian", 10),
    "intervju_personal": ("Interview with staff", 12),
}
BEFORE, AFTER = "inledning", "avslut"
each_guide = pytest.mark.parametrize("name", GUIDES)


@each_guide
def test_a_guide_is_an_interview_about_a_case(name) -> None:
    """IG-1: named staff answer it for one case."""
    made = instrument(name)
    assert (made.mode, made.unit) == (Mode.INTERVIEW, "case")
    assert (made.languages, made.title["en"]) == (("sv", "en"), GUIDES[name][0])


@each_guide
def test_a_guide_leaves_nothing_to_mend(name) -> None:
    """IG-2: no error, no warning, no advice."""
    assert [problem.message() for problem in check(library.load(name))] == []


@each_guide
def test_every_text_is_there_in_both_languages(name) -> None:
    """IG-2: an interviewer who reads English meets no Swedish sentence."""
    for item in instrument(name).root.walk():
        texts = [item.label, item.hint, getattr(item, "constraint_message", {})]
        assert all(not text or text.keys() == {"sv", "en"} for text in texts), item.name


@each_guide
def test_each_topic_has_one_open_note_with_probes(name) -> None:
    """IG-3: the interviewer sees what to ask on about, and writes in one place."""
    groups = instrument(name).groups
    topics = [group for group in groups.values() if group.name not in (BEFORE, AFTER)]
    assert len(topics) == GUIDES[name][1]
    for topic in topics:
        questions = [each for each in topic.items if isinstance(each, Question)]
        notes = [each for each in questions if each.type is QuestionType.TEXT]
        assert [note.name for note in notes] == [f"{topic.name}_text"]
        assert notes[0].hint["sv"].startswith("Fråga vidare: ")
        assert "multiline" in notes[0].appearance


@each_guide
def test_who_declines_is_asked_no_more(name) -> None:
    """IG-4: the only question that needs an answer is whether somebody wants to take part."""
    assert required(name) == {"vill_delta"}
    assert set(outcome(name, {"vill_delta": "nej"}).answers.asked) == {"vill_delta"}
    taking_part = outcome(name, {"vill_delta": "ja"})
    assert taking_part.problems == {}
    assert len(taking_part.answers.asked) > 10


@each_guide
def test_names_and_codes_are_plain(name) -> None:
    """IG-5: statistics programs take them as they are, and no missing code counts."""
    made = instrument(name)
    names = [*made.questions, *made.groups]
    assert [each for each in names if not re.fullmatch(r"[a-z][a-z0-9_]{0,23}", each)] == []
    for listed in made.lists.values():
        found = [(choice.name, choice.is_missing) for choice in listed.choices]
        assert all(re.fullmatch(r"[A-Za-z0-9_]+", code) for code, _ in found)
        assert all(is_missing == (code in MISSING) for code, is_missing in found), listed.name
        assert [is_missing for _, is_missing in found] == sorted(mark for _, mark in found)


@each_guide
def test_what_is_said_aloud_asks_for_no_names(name) -> None:
    """IG-6: before the first note the guide says that names are left out."""
    questions = instrument(name).questions.values()
    first = next(q for q in questions if q.type is QuestionType.TEXT)
    assert "inga namn" in instrument(name).questions["inledning_info"].label["sv"]
    assert "Skriv inga namn." in first.hint["sv"]
