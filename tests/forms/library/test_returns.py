"""What every built-in return keeps to.

RT-1 Mode, unit and period.      RT-2 Nothing to mend, in English too.
RT-3 Names that every program takes.      RT-4 Codes in ASCII, missing ones marked and last.
RT-5 No free words, but for versions of documents.      RT-6 As a workbook and back, the same.
"""

from __future__ import annotations

import re

import pytest

from forms import library
from forms.compile import instrument_of
from forms.instrument import Mode, QuestionType
from forms.reading import read_workbook
from forms.writing import write_workbook
from survey_app.actions.instruments import check
from tests.forms.library.returning import MISSING, instrument

RETURNS = {
    "manadsrapport": ("pupil", "month", "Monthly report"),
    "narvaro": ("pupil", "month", "Attendance"),
    "betyg": ("pupil", "term", "Grades"),
    "teammatris": ("team", "year", "The team's year"),
    "aktivitet": ("team", "month", "The team's activities"),
    "samverkan": ("district", "year", "Cooperation in the district"),
}
each_return = pytest.mark.parametrize("name", RETURNS)


@each_return
def test_a_return_says_who_reports_how_often(name) -> None:
    """RT-1: rounds and what is expected follow from it."""
    unit, period, title = RETURNS[name]
    made = instrument(name)
    assert (made.mode, made.unit, made.period) == (Mode.RETURN, unit, period)
    assert (made.languages, made.title["en"]) == (("sv", "en"), title)


@each_return
def test_a_return_leaves_nothing_to_mend(name) -> None:
    """RT-2: no error, no warning, no advice; what we ship is an example to authors."""
    assert [problem.message() for problem in check(library.load(name))] == []


@each_return
def test_every_text_is_there_in_both_languages(name) -> None:
    """RT-2: a reader of English meets no Swedish sentence."""
    for item in instrument(name).root.walk():
        texts = [item.label, item.hint]
        texts += [getattr(item, "constraint_message", {}), getattr(item, "required_message", {})]
        assert all(not text or text.keys() == {"sv", "en"} for text in texts), item.name


@each_return
def test_names_are_short_and_plain(name) -> None:
    """RT-3: SPSS, R and web addresses take them as they are."""
    names = [*instrument(name).questions, *instrument(name).groups]
    assert [each for each in names if not re.fullmatch(r"[a-z][a-z0-9_]{0,23}", each)] == []
    assert len({each.lower() for each in names}) == len(names)


@each_return
def test_codes_are_ascii_and_missing_ones_are_marked_and_last(name) -> None:
    """RT-4: a missing code never counts, and does not meet the eye first."""
    for listed in instrument(name).lists.values():
        found = [(choice.name, choice.is_missing) for choice in listed.choices]
        assert all(re.fullmatch(r"-?[A-Za-z0-9_-]+", code) for code, _ in found)
        assert all(is_missing == (code in MISSING) for code, is_missing in found), listed.name
        assert [is_missing for _, is_missing in found] == sorted(mark for _, mark in found)


@each_return
def test_one_word_has_one_code_in_all_returns(name) -> None:
    """RT-4: lists with the same name in two returns have the same meaning for each code."""
    for other in RETURNS:
        for listed, choices in instrument(name).lists.items():
            theirs = instrument(other).lists.get(listed)
            labels = {each.name: each.label for each in theirs.choices} if theirs else {}
            shared = {each.name: each.label for each in choices.choices if each.name in labels}
            if listed != "narvaro_uppgift":
                assert shared == {code: labels[code] for code in shared}


@each_return
def test_no_words_leave_the_team(name) -> None:
    """RT-5: what is not written cannot name anybody."""
    texts = [q.name for q in instrument(name).questions.values() if q.type is QuestionType.TEXT]
    assert texts == (["kriterier_version", "samtycke_version"] if name == "teammatris" else [])


@each_return
def test_a_return_downloads_as_a_workbook_that_is_the_same(name, tmp_path) -> None:
    """RT-6: a coordinator may change it in Excel and publish it as the next version."""
    write_workbook(library.load(name), tmp_path / "form.xlsx")
    read = instrument_of(read_workbook(tmp_path / "form.xlsx"))
    assert read.root == instrument(name).root
    assert (read.title, read.order) == (instrument(name).title, instrument(name).order)
