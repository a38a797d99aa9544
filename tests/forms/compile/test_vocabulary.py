"""Every word that XLSForm documents has an effect or is named as having none.

The tables walked here are those of the standard compiler, and the reference table of xlsform.org:
a word that a new release adds fails a test until somebody decides what it means here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyxform import aliases, constants
from pyxform.question import OPTION_FIELDS, SELECT_QUESTION_FIELDS
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.section import SECTION_EXTRA_FIELDS
from pyxform.survey import SURVEY_FIELDS

from forms.compile import compile_workbook
from forms.compile.columns import standard_name
from forms.compile.rowtypes import RowKind, row_type
from forms.compile.vocabulary import (
    APPEARANCES,
    FOLLOWED,
    IDLE_PARAMETERS,
    PARAMETERS,
    RESERVED,
    SUPPORTED,
    UNSUPPORTED,
    is_idle_appearance,
    refused_appearance,
)
from forms.problems import Level, ProblemCode
from forms.workbook import CHOICES, SETTINGS, SURVEY
from survey_app.respond import arranging
from tests.forms.compile.columns import HEAD, LIST, judged
from tests.forms.tables import workbook_of

# As the reference table of xlsform.org writes them.
DOCUMENTED_COLUMNS = (
    *("type", "name", "label", "hint", "constraint", "constraint_message", "required"),
    *("required_message", "requiredMsg", "bind::required", "default", "relevant", "read_only"),
    *("calculation", "repeat_count", "media::image", "media::audio", "media::video"),
    *("appearance", "instance::attribute", "bind::attribute", "body::attribute"),
    *("body::accuracyThreshold", "parameters", "choice_filter", "trigger", "guidance_hint"),
    *("autoplay", "save_to", "media::image::English (en)", "label::English (en)"),
    *("bind:relevant", "bind::jr:constraintMsg", "bind::jr:requiredMsg", "bind::odk:length"),
    *("jr:count", "body::appearance", "bind::entities:saveto", "control::jr:count"),
)
DOCUMENTED_SETTINGS = (
    *("form_title", "form_id", "public_key", "submission_url", "default_language", "style"),
    *("version", "instance_name", "auto_send", "auto_delete", "allow_choice_duplicates"),
    *("clean_text_values", "namespaces", "attribute::odk:x", "sms_keyword", "prefix", "delimiter"),
)
DOCUMENTED_APPEARANCES = (
    *("field-list", "table-list", "minimal", "label", "list-nolabel", "list", "autocomplete"),
    *("search", "likert", "horizontal", "compact", "horizontal-compact", "compact-2", "quick"),
    *("quickcompact", "image-map", "map", "numbers", "multiline", "url", "printer", "bearing"),
    *("thousands-sep", "vertical", "no-ticks", "rating", "picker", "distress", "month-year"),
    *("year", "no-calendar", "ethiopian", "islamic", "coptic", "new", "new-front", "new-rear"),
    *("annotate", "draw", "signature", "maps", "hide-input", "streets", "terrain", "satellite"),
    *("placement-map", "columns", "columns-pack", "columns-3", "no-buttons", "counter", "masked"),
    *("w1", "w10", "selfie", "front", "hidden-answer", "bikram-sambat", "myanmar", "persian"),
    *("ex:org.example.app(x='y')", "search('fruits')", "printer:org.example", "intent:x"),
)
# What pyxform keeps for its own use, in its own spelling.
OWN = {"_", "type", "name", "label", "parent", "flat", "children"}


def has_effect(sheet: str, header: str) -> bool:
    """Tell whether we read a column."""
    return standard_name(sheet, header)[0] in SUPPORTED[sheet]


def fields(names: tuple[str, ...]) -> list[str]:
    """Give the compiler's fields that an author could use for a header."""
    return sorted(name for name in names if not name.startswith("_"))


@pytest.mark.parametrize(
    "header",
    sorted({*DOCUMENTED_COLUMNS, *aliases.survey_header, *aliases.TRANSLATABLE_SURVEY_COLUMNS}),
)
def test_a_documented_column_has_an_effect_or_is_named(header) -> None:
    """Nothing that an author wrote is ignored in silence."""
    codes = {problem.code for problem in judged(SURVEY, header)}
    if has_effect(SURVEY, header):
        assert ProblemCode.COLUMN_UNUSED not in codes
    else:
        assert codes & {ProblemCode.COLUMN_UNUSED, ProblemCode.COLUMN_RESERVED}
    assert ProblemCode.COLUMN_UNKNOWN not in codes


@pytest.mark.parametrize("header", fields(SELECT_QUESTION_FIELDS + SECTION_EXTRA_FIELDS))
def test_a_field_of_the_compilers_questions_is_known(header) -> None:
    """A new field of a new release is noticed."""
    known = SUPPORTED[SURVEY] | set(UNSUPPORTED[SURVEY]) | RESERVED[SURVEY]
    assert standard_name(SURVEY, header)[0] in known | {"jr:count"}
    assert has_effect(SURVEY, header) or judged(SURVEY, header)


@pytest.mark.parametrize(
    "header",
    sorted({*aliases.list_header, *aliases.TRANSLATABLE_CHOICES_COLUMNS, *fields(OPTION_FIELDS)}),
)
def test_a_documented_column_of_choices_has_an_effect_or_is_named(header) -> None:
    """Also pictures and sounds of a choice."""
    assert has_effect(CHOICES, header) or judged(CHOICES, header)


@pytest.mark.parametrize(
    "header", sorted({*DOCUMENTED_SETTINGS, *aliases.settings_header, *fields(SURVEY_FIELDS)})
)
def test_a_documented_setting_has_an_effect_or_is_named(header) -> None:
    """A key that promises encryption must not be passed over."""
    assert has_effect(SETTINGS, header) or judged(SETTINGS, header, "abc")
    assert ProblemCode.COLUMN_UNKNOWN not in {p.code for p in judged(SETTINGS, header, "abc")}


def test_a_column_of_its_own_is_not_passed_over_either() -> None:
    """On any sheet; one of the choices that a filter reads has its effect."""
    for sheet in (SURVEY, CHOICES, SETTINGS):
        assert [p.code for p in judged(sheet, "ansvarig")] == [ProblemCode.COLUMN_UNUSED], sheet
    assert judged(SURVEY, "choice_filter", "name = '1'") == []


@pytest.mark.parametrize("written", sorted({*QUESTION_TYPE_DICT, "audit", "osm x"}))
def test_every_type_of_the_compiler_is_known(written) -> None:
    """A type is asked, or refused by its name."""
    assert row_type(written).kind is not RowKind.UNKNOWN


@pytest.mark.parametrize("alias", sorted(aliases.select))
def test_every_spelling_of_select_is_known(alias) -> None:
    """Also those of twelve years ago."""
    assert row_type(f"{alias} l").kind in (RowKind.QUESTION, RowKind.EXTERNAL)


@pytest.mark.parametrize("noun", sorted(aliases.control))
@pytest.mark.parametrize("joint", [" ", "_"])
def test_every_spelling_of_groups_is_known(noun, joint) -> None:
    """Begin and end belong together, whatever they are called."""
    begin, end = (row_type(f"{verb}{joint}{noun}").kind.name for verb in ("begin", "end"))
    assert begin.startswith("BEGIN_")
    assert end == begin.replace("BEGIN", "END")


PARAMETER_ENUMS = {
    "range": constants.ParametersRange,
    "select": constants.ParametersSelectFromFile,
    "image": constants.ParametersImage,
    "text": constants.ParametersText,
    "geopoint": constants.ParametersGeoPoint,
}


@pytest.mark.parametrize("kind", PARAMETER_ENUMS)
def test_every_parameter_of_the_compiler_is_known(kind) -> None:
    """Each has an effect, or is named as having none."""
    known = PARAMETERS.get(kind, frozenset()) | IDLE_PARAMETERS.get(kind, frozenset())
    assert {member.value for member in PARAMETER_ENUMS[kind]} <= known


def test_parameters_of_types_that_are_asked_have_their_enums_here() -> None:
    """A new family of parameters is noticed."""
    families = {name for name in vars(constants) if name.startswith("Parameters")}
    walked = {enum.__name__ for enum in PARAMETER_ENUMS.values()} | {"ParametersSelect"}
    # Of types that are refused, or of geotrace and geoshape alone.
    assert families - walked == {"ParametersAudio", "ParametersAudit", "ParametersGeo"}


@pytest.mark.parametrize(
    ("parameters", "type_", "code"),
    [
        ("value=code", "select_one l", ProblemCode.PARAMETER_UNUSED),
        ("rows=5", "text", ProblemCode.PARAMETER_UNUSED),
        ("row=5", "text", ProblemCode.PARAMETER_UNKNOWN),
        ("start=1", "integer", ProblemCode.PARAMETER_UNKNOWN),
    ],
)
def test_a_parameter_without_effect_is_named(parameters, type_, code) -> None:
    """An author learns what the page will not do."""
    workbook = workbook_of(
        f"{HEAD} parameters |\n| {type_} | a | A | {parameters} |\n{LIST}\n| l | 1 | Ja |"
    )
    found = [p.code for p in compile_workbook(workbook, fallback_name="t").problems]
    assert code in found


@pytest.mark.parametrize("word", DOCUMENTED_APPEARANCES)
def test_a_documented_appearance_has_an_effect_or_is_named(word) -> None:
    """None of them is called unknown."""
    assert word in APPEARANCES or is_idle_appearance(word) or refused_appearance(word)


@pytest.mark.parametrize("word", sorted(APPEARANCES - {f"columns-{n}" for n in range(11, 100)}))
def test_an_appearance_with_an_effect_reaches_the_page(word) -> None:
    """What the pages follow must not be lost on the way to them."""
    kind = next(kind for kind, words in FOLLOWED.items() if word in words)
    row = (
        f"begin_group | g | G | {word} |"
        if kind == "group"
        else f"{kind.replace('select_one', 'select_one l')} | a | A | {word} |"
    )
    end = "| integer | b | B | |\n| end_group | | | |" if kind == "group" else ""
    lists = "choices\n| list_name | name | label::Svenska (sv) |\n| l | 1 | Ett |\n"
    workbook = workbook_of(f"{HEAD} appearance |\n| {row}\n{end}\n{lists}")
    compiled = compile_workbook(workbook, fallback_name="t")
    assert compiled.instrument is not None
    assert word in next(compiled.instrument.root.walk()).appearance
    assert ProblemCode.APPEARANCE_UNUSED not in [p.code for p in compiled.problems]


def test_what_the_pages_follow_is_not_called_idle() -> None:
    """When a page learns a word, its advice goes."""
    pages = Path(arranging.__file__).read_text(encoding="utf-8")
    code = pages.split('"""', 2)[2]
    idle = [word for word in DOCUMENTED_APPEARANCES if is_idle_appearance(word)]
    assert [word for word in idle if f'"{word}"' in code and word != "list"] == []


def test_an_idle_appearance_is_named_once_with_its_count() -> None:
    """Forty rows of `counter` are one piece of advice."""
    workbook = workbook_of(
        f"{HEAD} appearance |\n| integer | a | A | counter |\n| integer | b | B | counter |"
    )
    found = compile_workbook(workbook, fallback_name="t").problems
    idle = [p for p in found if p.code is ProblemCode.APPEARANCE_UNUSED]
    assert [(p.row, p.level, p.params["count"]) for p in idle] == [(2, Level.ADVICE, 2)]


def test_table_list_shares_a_screen() -> None:
    """As the standard compiler has it: table-list is a kind of field-list."""
    workbook = workbook_of(f"""
        {HEAD} appearance |
        | begin_group | g | G | table-list |
        | integer | a | A | |
        | integer | b | B | |
        | end_group | | | |
    """)
    instrument = compile_workbook(workbook, fallback_name="t").instrument
    assert instrument is not None
    assert len(instrument.pages) == 1
