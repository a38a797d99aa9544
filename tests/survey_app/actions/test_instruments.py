"""Publishing: versions, once each, and never with errors."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from forms import library
from forms.problems import BadInstrument, ProblemCode
from survey_app.actions import instruments, pictures
from survey_app.actions.errors import InstrumentUnknown
from survey_app.store import queries
from survey_app.store.database import db
from tests.factories import CAT, INTERVIEW, PETS, PICTURED, make_version
from tests.forms.tables import workbook_of

BROKEN = """
    | type            | name | label |
    | select_one gone | a    | A     |
    | integer         |      | B     |
"""


def test_versions_are_numbered_and_the_same_sheets_are_one(context) -> None:
    """Publishing twice by mistake makes no second version."""
    first, again = make_version(), make_version()
    second = make_version(PETS.replace("Har du husdjur?", "Har du något husdjur?"))
    assert (first.number, again.id, second.number) == (1, first.id, 2)
    assert [each.number for each in queries.versions_of("pets")] == [2, 1]


def test_an_older_version_again_is_that_version(context) -> None:
    """Its sheets are what it is."""
    first = make_version()
    make_version(PETS.replace("Hur många?", "Hur många har du?"))
    assert make_version().id == first.id


def test_a_workbook_with_errors_is_refused_with_all_of_them(context) -> None:
    """The author mends everything at once."""
    with pytest.raises(BadInstrument) as refused:
        make_version(BROKEN)
    codes = {problem.code for problem in refused.value.problems}
    assert {ProblemCode.LIST_MISSING, ProblemCode.NAME_MISSING} <= codes
    assert queries.all_versions() == []


AS_TEXT = PETS.replace("| integer          | many |", "| text             | many |")
SWAPPED = PETS.replace("| 1    | Ja ", "| 2    | Ja ").replace("| 0    | Nej", "| 1    | Nej")


@pytest.mark.parametrize(
    ("table", "code", "row"),
    [
        (AS_TEXT, ProblemCode.NAME_HAS_OTHER_TYPE, 3),
        (SWAPPED, ProblemCode.NAME_HAS_OTHER_CODES, 2),
    ],
)
def test_a_version_that_contradicts_an_earlier_one_is_refused(context, table, code, row) -> None:
    """A column of the coded file has one meaning; the author reads which row to mend."""
    make_version()
    with pytest.raises(BadInstrument) as refused:
        make_version(table)
    assert {(p.code, p.sheet, p.row) for p in refused.value.problems} == {(code, "survey", row)}
    assert [each.number for each in queries.versions_of("pets")] == [1]


def test_a_question_under_another_name_may_be_anything(context) -> None:
    """That is the way out, and it works."""
    make_version()
    renamed = AS_TEXT.replace("| many |", "| how_many |")
    assert make_version(renamed).number == 2
    # The first version's question keeps its meaning, though the newest does not ask it.
    with pytest.raises(BadInstrument):
        make_version(AS_TEXT)


def test_another_instrument_contradicts_nothing(context) -> None:
    """Names are compared within one questionnaire."""
    make_version()
    assert make_version(AS_TEXT.replace("| pets    | Husdjur", "| cats    | Husdjur")).number == 1


def test_the_standard_compiler_has_its_say(context) -> None:
    """What passes here opens in ODK and KoboToolbox too."""
    assert not instruments.check(workbook_of(PETS)).has_errors
    assert instruments.check(workbook_of(BROKEN)).has_errors


def test_a_version_compiles_once_and_as_it_was_published(context) -> None:
    """A page is shown thousands of times."""
    version = make_version()
    compiled = instruments.instrument_of(version.id)
    assert compiled is instruments.instrument_of(version.id)
    assert list(compiled.questions) == ["pets", "many"]
    assert instruments.workbook_of(version.id) == workbook_of(PETS)


def test_a_workbook_without_a_form_id_is_named_by_its_file(context) -> None:
    """Authors often leave it out; it must compile by that name for ever."""
    table = PETS.replace("| form_id |", "| id_of_form |")
    version = instruments.publish(workbook_of(table), "from-the-file")
    assert version.name == "from-the-file"
    assert instruments.instrument_of(version.id).name == "from-the-file"


def test_a_built_in_instrument_is_published_when_it_is_needed(context) -> None:
    """A new installation can plan a round at once."""
    assert instruments.built_in_only() == list(library.names())
    assert instruments.newest_version("elevenkat").number == 1
    assert "elevenkat" not in instruments.built_in_only()


@pytest.mark.parametrize("find", [instruments.newest_version, instruments.workbook_named])
def test_an_unknown_name_is_said(context, find) -> None:
    """A misspelt name is no crash."""
    with pytest.raises(InstrumentUnknown):
        find("nope")


def test_a_changed_picture_makes_another_version(context) -> None:
    """A picture is part of the question."""
    first, again = make_version(PICTURED, CAT), make_version(PICTURED, CAT)
    other = make_version(PICTURED, replace(CAT, content=CAT.content + b"x"))
    assert (first.number, again.number, other.number) == (1, 1, 2)
    assert pictures.of_version(first.id) == {"cat.png": CAT}
    assert pictures.find(other.id, "cat.png") != CAT
    assert pictures.find(first.id, "dog.png") is None
    assert instruments.instrument_of(first.id).questions["pets"].image == {"sv": "cat.png"}


def test_sheets_without_pictures_keep_their_digest(context) -> None:
    """Versions published before there were pictures are still recognised."""
    plain = workbook_of(PETS).to_json()
    assert instruments.digest_of(plain) == instruments.digest_of(plain, {})
    assert instruments.digest_of(plain) != instruments.digest_of(plain, {"cat.png": CAT})


def test_a_picture_that_did_not_come_along_is_refused(context) -> None:
    """Nobody meets an empty frame."""
    with pytest.raises(BadInstrument) as refused:
        make_version(PICTURED)
    assert [problem.code for problem in refused.value.problems] == [ProblemCode.IMAGE_MISSING]


def test_a_published_version_is_read_whatever_rules_come_later(context, monkeypatch) -> None:
    """Answers to it are kept: a rule that is stricter tomorrow must not make them unreadable."""
    version = make_version()
    monkeypatch.setattr("forms.compile.cells.RESERVED_NAMES", frozenset({"pets"}))
    with pytest.raises(BadInstrument):
        instruments.publish(workbook_of(PETS.replace("Har du husdjur?", "Har du djur?")))
    assert "pets" in instruments.instrument_of(version.id).questions


def test_what_was_anonymous_stays_so(context) -> None:
    """Whoever answered was promised it; the author reads how to go on, and the tables refuse too."""
    make_version()
    named = INTERVIEW.replace("| visits  |", "| pets    |")
    (problem,) = instruments.judge(workbook_of(named), "pets", ())
    assert (problem.code.name, problem.sheet, problem.column) == (
        "ANONYMITY_PROMISED", "settings", "sa_mode",
    )  # fmt: skip
    with pytest.raises(BadInstrument):
        make_version(named)
    make_version(INTERVIEW)
    statement = """INSERT INTO instrument_version
        SELECT 99, 'pets', label, 99, mode, title, workbook, digest, published_on, note
        FROM instrument_version WHERE name = 'visits'"""
    with pytest.raises(IntegrityError, match="stays anonymous"), db.engine.begin() as connection:
        connection.execute(text(statement))
