"""The wording of the pupils' enkät: each rule that a machine can hold.

EK-1 32 questions, by their codes.       EK-2 Eight dimensions of three items.
EK-3 Easy to read (LIX).                 EK-4 Short sentences, without "inte".
EK-5 A period for each item.             EK-6 One scale on a screen.
EK-7 At most five alternatives.          EK-8 Vet ej after them, Vill inte svara last.
EK-9 Nothing is required.                EK-10 What is sensitive may be refused.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import groupby

import pytest

from forms import library
from forms.readability import lix, words
from forms.workbook import CHOICES, SETTINGS, SURVEY
from translations import DIRECTORY

LABEL = "label::Svenska (sv)"
HINT = "hint::Svenska (sv)"
MISSING = ("DK", "REF")
PERIODS = ("den här terminen", "just nu", "senaste 4 veckor")
DIMENSIONS = ("TRI", "TRY", "REL", "KAM", "STU", "STO", "MOT", "NAR")

WORKBOOK = library.load("elevenkat", DIRECTORY)
ROWS = [row.cells for row in WORKBOOK.sheet(SURVEY).rows]
QUESTIONS = {row["name"]: row for row in ROWS if row["type"].startswith("select_")}
WELCOME = next(row for row in ROWS if row.get("name") == "welcome")
LISTS: dict[str, list[str]] = {
    name: [row.cells["name"] for row in rows]
    for name, rows in groupby(WORKBOOK.sheet(CHOICES).rows, key=lambda row: row.cells["list_name"])
}
SCALES = sorted({row["type"].split()[1] for row in QUESTIONS.values() if "one" in row["type"]})
LADDERS = [name for name in LISTS if name.startswith("ladder")]
each_question = pytest.mark.parametrize("name", QUESTIONS)


def list_of(name: str) -> str:
    """Name the list that a question chooses from."""
    return QUESTIONS[name]["type"].split()[1]


def screens() -> dict[str, tuple[str, list[str]]]:
    """Give each group's heading and its questions, by the group's name."""
    groups: dict[str, tuple[str, list[str]]] = {}
    for row in ROWS:
        if row["type"] == "begin_group":
            groups[row["name"]] = row[LABEL], []
        elif row.get("name") in QUESTIONS:
            list(groups.values())[-1][1].append(row["name"])
    return groups


def test_the_enkat_has_32_questions_by_their_codes() -> None:
    """EK-1: the coded file has the columns that the evaluation was planned with."""
    of_three = [f"{dimension}{number}" for dimension in DIMENSIONS for number in (1, 2, 3)]
    others = ["ORS1", "HEM1", "HEM2", "MAA1", "MAA2", "INF1", "ONS1", "BAK1"]
    assert list(QUESTIONS) == of_three + others
    assert len(QUESTIONS) == 32


@each_question
def test_a_name_fits_spss_and_web_addresses(name) -> None:
    """EK-1: a name is the same word in every file."""
    assert re.fullmatch(r"[A-Z]{3}[1-9]", name)


def test_eight_dimensions_have_three_items_each() -> None:
    """EK-2: eight indices and no more; each holds when one item of it is left out."""
    dimensions = {
        name: row["sa_dimension"] for name, row in QUESTIONS.items() if "sa_dimension" in row
    }
    assert all(name.startswith(dimension) for name, dimension in dimensions.items())
    assert Counter(dimensions.values()) == dict.fromkeys(DIMENSIONS, 3)


def test_items_are_reversed_where_a_high_code_is_bad() -> None:
    """EK-2: being bullied daily must lower the index of friends."""
    assert [name for name, row in QUESTIONS.items() if "sa_reverse" in row] == [
        "KAM3",
        "NAR1",
        "NAR2",
    ]


def test_items_of_an_index_have_numbers_for_codes() -> None:
    """EK-2: every substantive code is a whole number, without a gap."""
    for name in (name for name, row in QUESTIONS.items() if "sa_dimension" in row):
        codes = sorted(int(code) for code in LISTS[list_of(name)] if code not in MISSING)
        assert codes == list(range(codes[0], codes[-1] + 1)), name


def test_each_set_of_items_is_very_easy_to_read() -> None:
    """EK-3: LIX under 25 for the items of a dimension, for readers of ten."""
    texts = defaultdict(list)
    for name, row in QUESTIONS.items():
        texts[name[:3]].append(row[LABEL])
    too_hard = {name: lix("\n".join(items)) for name, items in texts.items()}
    assert {name: value for name, value in too_hard.items() if value >= 25} == {}


def test_the_welcome_is_easy_to_read_and_short() -> None:
    """EK-3: LIX under 30, and no longer than a child reads before giving up."""
    assert lix(WELCOME[LABEL]) < 30
    assert len(words(WELCOME[LABEL])) <= 40


@each_question
def test_an_item_has_at_most_twelve_words(name) -> None:
    """EK-4: what a child remembers until the end of the sentence."""
    assert len(words(QUESTIONS[name][LABEL])) <= 12


@each_question
def test_an_item_does_not_deny(name) -> None:
    """EK-4: to agree with a "not" is hard to work out."""
    denied = {"inte", "aldrig", "ingen", "inget", "inga", "utan", "varken"}
    assert denied.isdisjoint(re.findall(r"\w+", QUESTIONS[name][LABEL].lower()))


@each_question
def test_an_item_is_one_sentence_about_me(name) -> None:
    """EK-4: the pupil speaks, and about one thing: no second clause with "men" or ";"."""
    label = QUESTIONS[name][LABEL]
    spoken = set(re.findall(r"\w+", label.lower()))
    assert {"jag", "mig", "min", "mitt", "mina"} & spoken
    assert not {"men", "samt"} & spoken
    assert re.fullmatch(r"[^.!?;]+[.:]", label)


@each_question
def test_an_item_speaks_of_the_present(name) -> None:
    """EK-4: no form of the past tense or of "would" slips in."""
    past = {"var", "hade", "fick", "kunde", "skulle", "blev", "gjorde", "gick", "ville", "tyckte"}
    assert past.isdisjoint(re.findall(r"\w+", QUESTIONS[name][LABEL].lower()))


def test_each_item_has_a_period_in_itself_or_its_heading() -> None:
    """EK-5: "often" means something only within a time; the class is a fact without one."""
    without = [
        name
        for heading, names in screens().values()
        for name in names
        if not any(period in f"{heading} {QUESTIONS[name][LABEL]}" for period in PERIODS)
    ]
    assert without == ["BAK1"]


def test_every_question_stands_under_a_heading() -> None:
    """EK-5: the heading says what the screen is about."""
    assert [name for _, names in screens().values() for name in names] == list(QUESTIONS)
    assert all(heading for heading, _ in screens().values())


def test_a_screen_has_one_scale() -> None:
    """EK-6: questions shown together are answered with the same words."""
    together = {row["name"] for row in ROWS if row.get("appearance") == "field-list"}
    assert len(together) == 8
    for name in together:
        assert len({list_of(question) for question in screens()[name][1]}) == 1, name


@pytest.mark.parametrize("name", SCALES)
def test_a_scale_has_at_most_five_alternatives(name) -> None:
    """EK-7: the ladders are the exception: eleven numbered steps with words at both ends."""
    substantive = [code for code in LISTS[name] if code not in MISSING]
    if name in LADDERS:
        assert substantive == [str(step) for step in range(11)]
    else:
        assert len(substantive) <= 5


@pytest.mark.parametrize("name", LADDERS)
def test_a_ladder_has_words_at_both_ends(name) -> None:
    """EK-7: which end is good is written, not guessed."""
    labels = {
        row.cells["name"]: row.cells[LABEL]
        for row in WORKBOOK.sheet(CHOICES).rows
        if row.cells["list_name"] == name
    }
    assert re.fullmatch(r"0 – \w+", labels["0"])
    assert re.fullmatch(r"10 – \w+", labels["10"])


@pytest.mark.parametrize("name", LISTS)
def test_vet_ej_comes_after_the_answers_and_vill_inte_svara_last(name) -> None:
    """EK-8: visible, but not the first to meet the eye; only one's own class is always known."""
    missing = [code for code in LISTS[name] if code in MISSING]
    assert LISTS[name][-len(missing) :] == missing
    assert missing in (["DK"], ["DK", "REF"]) or name == "grades"


def test_missing_codes_are_marked_and_nothing_else_is() -> None:
    """EK-8: Vet ej never counts as a number in an index."""
    for row in WORKBOOK.sheet(CHOICES).rows:
        assert (row.cells.get("sa_missing") == "yes") == (row.cells["name"] in MISSING), row.number


@each_question
def test_nothing_is_required(name) -> None:
    """EK-9: the page's promise says that every question may be left out."""
    assert "required" not in QUESTIONS[name]


def test_what_is_sensitive_may_be_refused() -> None:
    """EK-10: marked as sensitive, and with "Vill inte svara" among the answers."""
    sensitive = [name for name, row in QUESTIONS.items() if row.get("sa_sensitive") == "yes"]
    assert sensitive == ["KAM3", "ORS1", "HEM1", "HEM2", "MAA1", "MAA2", "BAK1"]
    assert [name for name in sensitive if "REF" not in LISTS[list_of(name)]] == []


def test_hints_are_few_and_short() -> None:
    """A hint gives examples; more than one in three would be another text to read."""
    hints = [row[HINT] for row in QUESTIONS.values() if HINT in row]
    assert len(hints) <= len(QUESTIONS) / 3
    assert max(len(words(hint)) for hint in hints) <= 15


def test_the_enkat_is_anonymous_and_asked_each_term() -> None:
    """The server keeps nothing of who answers."""
    settings = WORKBOOK.sheet(SETTINGS).rows[0].cells
    assert (settings["sa_mode"], settings["sa_period"]) == ("anonymous", "term")
    assert "sa_unit" not in settings
    assert not any(row["type"] in ("text", "integer", "date") for row in ROWS)
