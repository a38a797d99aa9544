"""What each rule speaks of, and the same mended: short forms as text tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forms.compile import compile_workbook
from forms.lint import lint
from forms.lint.form import Form
from forms.lint.rules import (
    anonymity,
    conditions,
    labels,
    layout,
    messages,
    missing,
    negation,
    reading,
    scales,
    translations,
)
from forms.problems import Level, Problem, ProblemCode
from tests.forms.tables import workbook_of

Rule = Callable[[Form], Iterator[Problem]]
SV = "label::Svenska (sv)"
EN = "label::English (en)"


@dataclass(frozen=True)
class Case:
    """A rule, a table that it speaks of, and one that it does not.

    Attributes:
        place: The sheet, row and column that it names.
        good: The same, mended.
        mode: The instrument's.
    """

    rule: Rule
    code: ProblemCode
    place: tuple[str, int, str]
    bad: str
    good: str
    mode: str = "anonymous"
    level: Level = Level.ADVICE


def question(label: str, type_: str = "integer", more: str = "", header: str = "") -> str:
    """Give a survey of one question."""
    return f"| type | name | {SV} | {header}\n| {type_} | a | {label} | {more}\n"


def choices(*rows: tuple[str, str, str]) -> str:
    """Give a choices sheet of (list, code, label); a code with * is marked as missing."""
    lines = [
        f"| {name} | {code.strip('*')} | {label} | {'yes' if '*' in code else ''} |"
        for name, code, label in rows
    ]
    return f"choices\n| list_name | name | {SV} | sa_missing |\n" + "\n".join(lines) + "\n"


def scale(name: str, *answers: str) -> tuple[tuple[str, str, str], ...]:
    """Give the rows of a list from "code label"."""
    return tuple((name, *answer.split(" ", 1)) for answer in answers)  # type: ignore[misc]


def two_lists(first: tuple[str, ...], second: tuple[str, ...]) -> str:
    """Give two single choices of two lists."""
    survey = f"| type | name | {SV} |\n| select_one l | a | A |\n| select_one m | b | B |\n"
    return survey + choices(*scale("l", *first), *scale("m", *second))


def one_list(*answers: str, type_: str = "select_one", more: str = "", header: str = "") -> str:
    """Give a choice of one list."""
    return question("A", f"{type_} l", more, header) + choices(*scale("l", *answers))


AGREE = ("4 Stämmer helt", "3 Stämmer bra", "2 Stämmer dåligt", "1 Stämmer inte alls")
HARD = "Skolsocialteamens uppföljningsverksamhet dokumenteras regelbundet inom stadsdelsförvaltningens socialtjänstområde."
EASY = "Jag tycker om att vara i min skola nu."
SIX = tuple(f"x{n} Svar {n}" for n in range(6))
WITH_ENGLISH = f"| type | name | {SV} | {EN} |\n| integer | a | {{}} | {{}} |\n"
CONDITION = (
    f"| type | name | {SV} | relevant |\n| select_one l | a | A | |\n| integer | b | B | {{}} |\n"
    + choices(*scale("l", "1 Ja", "0 Nej"))
)

CASES = [
    Case(
        reading.hard_texts,
        ProblemCode.TEXT_HARD,
        ("survey", 2, SV),
        question(HARD),
        question(EASY),
    ),
    Case(
        reading.hard_pages,
        ProblemCode.PAGE_HARD,
        ("survey", 3, SV),
        f"""
        | type        | name | {SV} | appearance |
        | begin_group | g    | G    | field-list |
        | integer     | a    | Många lärare förklarar uppgifterna begripligt på våra lektioner. | |
        | integer     | b    | Klassens elever behandlar varandra respektfullt under rasterna. | |
        | integer     | c    | Skolans vuxna lyssnar på mig nu. | |
        | end_group   |      |      |            |
        """,
        f"""
        | type        | name | {SV} | appearance |
        | begin_group | g    | G    | field-list |
        | integer     | a    | De som är lärare hos oss säger det så att jag kan. | |
        | integer     | b    | De som går i min klass är bra mot mig nu. | |
        | end_group   |      |      |            |
        """,
    ),
    Case(
        reading.long_sentences,
        ProblemCode.SENTENCE_LONG,
        ("survey", 2, SV),
        question("Jag vet vad jag ska göra nu när en bra dag är slut för mig."),
        question("Jag vet vad jag ska göra nu. När en bra dag är slut är jag glad."),
    ),
    Case(
        negation.double_negation,
        ProblemCode.NEGATION_DOUBLE,
        ("survey", 2, SV),
        question("Det är inte så att jag aldrig sover."),
        question("Jag sover inte. Jag äter aldrig."),
        mode="return",
    ),
    Case(
        negation.negated_stem,
        ProblemCode.NEGATION_IN_STEM,
        ("survey", 2, SV),
        question("Jag trivs inte i skolan."),
        question("Jag trivs i skolan."),
    ),
    Case(
        scales.same_scale,
        ProblemCode.SCALE_OTHER_CODES,
        ("choices", 5, "name"),
        two_lists(("1 Ja", "0 Nej"), ("1 Ja", "2 Nej")),
        two_lists(("1 Ja", "0 Nej"), ("1 Ja", "0 Nej")),
        level=Level.WARNING,
        mode="return",
    ),
    Case(
        scales.same_scale,
        ProblemCode.SCALE_REVERSED,
        ("choices", 6, "name"),
        two_lists(AGREE, AGREE[::-1]),
        two_lists(AGREE, AGREE[:3]),
        mode="return",
    ),
    Case(
        scales.missing_last,
        ProblemCode.MISSING_NOT_LAST,
        ("choices", 2, "name"),
        one_list("9* Vet ej", "1 Ja", "0 Nej"),
        one_list("1 Ja", "0 Nej", "9* Vet ej", "8* Vill inte svara"),
        mode="return",
    ),
    Case(
        scales.many_alternatives,
        ProblemCode.ALTERNATIVES_MANY,
        ("choices", 7, "name"),
        one_list(*SIX),
        one_list(*SIX[:5], "DK* Vet ej"),
    ),
    Case(
        missing.missing_unmarked,
        ProblemCode.MISSING_UNMARKED,
        ("choices", 3, SV),
        one_list("1 Ja", "9 Vet ej"),
        one_list("1 Ja", "9* Vet ej", "2 Jag vet inte vem jag ska fråga"),
        mode="return",
        level=Level.WARNING,
    ),
    Case(
        missing.missing_in_range,
        ProblemCode.MISSING_IN_RANGE,
        ("survey", 2, "constraint"),
        f"""
        | type         | name | {SV} | constraint    |
        | integer      | a    | A    | . >= 0        |
        | select_one l | b    | B    |               |
        """
        + choices(*scale("l", "1 Ja", "99* Vet ej")),
        f"""
        | type         | name | {SV} | constraint            |
        | integer      | a    | A    | . >= 0 and . <= 30    |
        | select_one l | b    | B    |                       |
        """
        + choices(*scale("l", "1 Ja", "99* Vet ej")),
        mode="return",
        level=Level.WARNING,
    ),
    Case(
        labels.same_labels,
        ProblemCode.CHOICE_LABEL_TWICE,
        ("choices", 3, SV),
        one_list("1 Ja", "2 ja"),
        one_list("1 Ja", "2 Nej"),
        mode="return",
        level=Level.WARNING,
    ),
    Case(
        anonymity.identifying,
        ProblemCode.IDENTIFYING,
        ("survey", 2, SV),
        question("Vad heter du i efternamn?", "text"),
        question("Hur många ord på djur kan du?", "integer"),
        level=Level.WARNING,
    ),
    Case(
        anonymity.free_text,
        ProblemCode.FREE_TEXT_ANONYMOUS,
        ("survey", 2, "type"),
        question("Vad vill du säga?", "text"),
        question("Hur mår du?", "integer"),
        level=Level.WARNING,
    ),
    Case(
        anonymity.required,
        ProblemCode.REQUIRED_ANONYMOUS,
        ("survey", 2, "required"),
        question("A", more="yes |", header="required |"),
        question("A", more="no |", header="required |"),
        level=Level.WARNING,
    ),
    Case(
        translations.placeholders,
        ProblemCode.PLACEHOLDER_DIFFERS,
        ("survey", 3, EN),
        WITH_ENGLISH.format("Först", "First") + "| integer | b | Efter ${a} | After |",
        WITH_ENGLISH.format("Först", "First") + "| integer | b | Efter ${a} | After ${a} |",
        level=Level.WARNING,
        mode="return",
    ),
    Case(
        translations.untranslated,
        ProblemCode.TEXT_UNTRANSLATED,
        ("survey", 2, EN),
        WITH_ENGLISH.format("Hur mår du i skolan?", "Hur mår du i skolan?"),
        WITH_ENGLISH.format("Hur mår du i skolan?", "How are you?"),
        mode="return",
    ),
    Case(
        labels.double_spaces,
        ProblemCode.BLANKS_DOUBLE,
        ("survey", 2, SV),
        question("Hur  mår du?"),
        question(r"Hur\n\nmår du?"),
        mode="return",
    ),
    Case(
        labels.long_labels,
        ProblemCode.LABEL_LONG,
        ("survey", 2, SV),
        question("Hur mår du? " * 26),
        question("Hur mår du? " * 24),
        mode="return",
    ),
    Case(
        layout.groups_of_notes,
        ProblemCode.GROUP_OF_NOTES,
        ("survey", 2, "type"),
        f"| type | name | {SV} |\n| begin_group | g | G |\n| note | n | Hej |\n| end_group | | |\n",
        f"| type | name | {SV} |\n| begin_group | g | G |\n| note | n | Hej |\n| integer | a | A |\n| end_group | | |\n",
        mode="return",
    ),
    Case(
        conditions.codes_in_conditions,
        ProblemCode.CODE_UNKNOWN,
        ("survey", 3, "relevant"),
        CONDITION.format("${a} = '2'"),
        CONDITION.format("${a} = '1' or ${a} = 0 or ${a} = ''"),
        level=Level.WARNING,
        mode="return",
    ),
    Case(
        conditions.codes_in_conditions,
        ProblemCode.LABEL_FOR_CODE,
        ("survey", 3, "relevant"),
        CONDITION.format("selected(${a}, 'Ja')"),
        CONDITION.format("selected(${a}, '1')"),
        level=Level.WARNING,
        mode="return",
    ),
    Case(
        messages.constraint_messages,
        ProblemCode.CONSTRAINT_MESSAGE_MISSING,
        ("survey", 2, "constraint"),
        question("A", more=". > 0 | |", header="constraint | constraint_message::Svenska (sv) |"),
        question(
            "A", more=". > 0 | Nej |", header="constraint | constraint_message::Svenska (sv) |"
        ),
        mode="return",
    ),
]


def found(table: str, mode: str = "anonymous", default: str = "Svenska (sv)") -> list[Problem]:
    """Compile a table that must be good, and lint it."""
    settings = f"\nsettings\n| form_id | default_language | sa_mode |\n| t | {default} | {mode} |\n"
    workbook = workbook_of(table + settings)
    compiled = compile_workbook(workbook)
    assert compiled.instrument is not None, [p.message() for p in compiled.problems]
    return list(lint(compiled.instrument, workbook))


def codes(table: str, mode: str = "anonymous") -> list[ProblemCode]:
    """Lint a table and give the codes."""
    return [problem.code for problem in found(table, mode)]
