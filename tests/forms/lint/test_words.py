"""Which words and codes the rules know, and which they leave alone."""

from __future__ import annotations

import pytest

from forms.problems import ProblemCode
from tests.forms.lint.examples import (
    CONDITION,
    EN,
    HARD,
    SV,
    choices,
    codes,
    found,
    one_list,
    question,
    scale,
)


@pytest.mark.parametrize(
    ("label", "type_", "asks"),
    [
        ("Vad är ditt namn?", "text", True),
        ("Ditt personnummer", "integer", True),
        ("Person-nummer (ÅÅMMDD-NNNN)", "text", True),
        ("Telefonnummer", "text", True),
        ("Din e-postadress", "text", True),
        ("När är du född?", "date", True),
        ("Vilken klass går du i?", "text", True),
        ("What is your name?", "text", True),
        ("Date of birth", "date", True),
        ("Your phone number", "text", True),
        ("Berätta mer. Skriv inte ditt namn.", "text", False),
        ("Do not write your name here.", "text", False),
        ("Hur ofta använder du telefonen?", "integer", False),
        ("Hur många klassrum har du?", "integer", False),
        ("Klassiker som du har läst", "integer", False),
        ("Vad är bra med skolan?", "text", False),
        ("Hur många gånger har du namngett något?", "integer", False),
    ],
)
def test_words_that_identify_are_whole_words(label, type_, asks) -> None:
    """Skolans telefoner are no telephone number."""
    assert (ProblemCode.IDENTIFYING in codes(question(label, type_))) is asks


def test_a_list_of_classes_identifies_and_one_of_years_does_not() -> None:
    """Class 7B of a school is thirty pupils; åk 7–9 of the city is thousands."""
    table = question("Vilken klass går du i?", "select_one l")
    assert ProblemCode.IDENTIFYING in codes(table + choices(("l", "1", "7A"), ("l", "2", "7 B")))
    assert ProblemCode.IDENTIFYING not in codes(table + choices(("l", "1", "7, 8 eller 9")))


@pytest.mark.parametrize(
    "label",
    [
        "Vet ej",
        "vet inte",
        "Jag vet inte",
        "Vill inte svara",
        "Vill ej svara",
        "Ej svar",
        "Uppgift saknas",
        "Vet ej / vill inte svara",
        "Ej aktuellt",
        "Inget svar",
        "Don't know",
        "Don’t know",
        "I do not know",
        "Prefer not to say",
        "Refused",
        "N/A",
    ],
)
def test_missing_answers_are_known_by_their_words(label) -> None:
    """However they are spelt, they are not marked."""
    assert ProblemCode.MISSING_UNMARKED in codes(one_list("1 Ja", f"x {label}"))


def test_a_code_named_in_the_hint_counts_without_a_constraint() -> None:
    """A hint "99 = vet ej" in a number question makes a pupil of ninety-nine days."""
    table = question("Antal dagar", more="99 = vet ej |", header="hint::Svenska (sv) |")
    assert ProblemCode.MISSING_IN_RANGE in codes(table)
    assert ProblemCode.MISSING_IN_RANGE not in codes(table.replace("99 = vet ej", "1 = en dag"))


def test_a_range_with_the_code_for_missing_inside_is_seen() -> None:
    """A slider to 10 takes a 9 that elsewhere means nothing."""
    table = f"| type | name | {SV} | parameters |\n| range | a | A | start=0 end={{}} |\n| select_one l | b | B | |\n"
    lists = choices(*scale("l", "1 Ja", "9* Vet ej"))
    assert ProblemCode.MISSING_IN_RANGE in codes(table.format(10) + lists)
    assert ProblemCode.MISSING_IN_RANGE not in codes(table.format(8) + lists)


def test_a_constraint_that_asks_other_questions_is_not_guessed_at() -> None:
    """What cannot be told is not said."""
    table = f"| type | name | {SV} | constraint |\n| integer | a | A | |\n| integer | b | B | . >= ${{a}} |\n| select_one l | c | C | |\n"
    assert ProblemCode.MISSING_IN_RANGE not in codes(
        table + choices(*scale("l", "1 J", "9* Vet ej"))
    )


def test_a_ladder_may_have_eleven_steps() -> None:
    """0–10 with words at the ends is one step, not eleven answers."""
    assert ProblemCode.ALTERNATIVES_MANY not in codes(one_list(*[f"{n} {n}" for n in range(11)]))


def test_a_filtered_list_may_repeat_itself() -> None:
    """The choice "Annan" belongs to each county."""
    lists = "choices\n| list_name | name | label::Svenska (sv) | lan |\n| o | 1 | Annan | ab |\n| o | 2 | Annan | c |\n"
    table = question("A", "select_one o", "{} |", "choice_filter |") + lists
    assert ProblemCode.CHOICE_LABEL_TWICE in codes(table.format(""))
    assert ProblemCode.CHOICE_LABEL_TWICE not in codes(table.format("lan = 'ab'"))


def test_other_languages_are_not_measured_by_swedish_rules() -> None:
    """LIX is Swedish; words that deny are known in Swedish and English."""
    table = question(HARD).replace(SV, "label::Suomi (fi)")
    assert [p.code for p in found(table, default="Suomi (fi)")] == []
    english = question("I do not never sleep.").replace(SV, EN)
    assert ProblemCode.NEGATION_DOUBLE in [p.code for p in found(english, default="English (en)")]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("${a} != '2'", ProblemCode.CODE_UNKNOWN),
        ("'nej' = ${a}", ProblemCode.LABEL_FOR_CODE),
        ("not(selected(${a}, '7'))", ProblemCode.CODE_UNKNOWN),
        ("if(${a} = 3, true(), false())", ProblemCode.CODE_UNKNOWN),
        ("${a} > 7", None),
        ("${a} = ${c}", None),
        ("string-length(${a}) = 5", None),
        ("${a} = '01'", None),
    ],
)
def test_comparisons_are_found_wherever_they_stand(condition, code) -> None:
    """Only what certainly is no code is named."""
    table = CONDITION.format(condition).replace("choices\n", "| integer | c | C | |\nchoices\n", 1)
    assert [c for c in codes(table, "return") if "CODE" in c.name] == ([code] if code else [])


def test_a_select_may_compare_itself_in_its_constraint() -> None:
    """`.` is the question itself."""
    table = one_list(
        "1 Ja", "none Inget", type_="select_multiple", header="constraint |", more="{} |"
    )
    assert ProblemCode.CODE_UNKNOWN in codes(table.format("not(selected(., 'nothing'))"))
    assert ProblemCode.CODE_UNKNOWN not in codes(table.format("not(selected(., 'none'))"))


def test_the_same_slip_in_many_lists_is_told_once_or_once_per_list() -> None:
    """Advice by the hundred is not read: pairs of lists are not counted against each other."""
    names = ["k", "l", "m", "n"]
    survey = f"| type | name | {SV} |\n" + "".join(
        f"| select_one {n} | q{n} | Q |\n" for n in names
    )
    rows = [
        row
        for place, name in enumerate(names)
        for row in scale(name, f"{place} Ja", f"{place + 7} Nej", "x Vet ej")
    ]
    said = codes(survey + choices(*rows), "return")
    assert said.count(ProblemCode.SCALE_OTHER_CODES) == 3
    assert said.count(ProblemCode.MISSING_UNMARKED) == 1
