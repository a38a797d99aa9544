"""Pages of WTForms: what is shown, what is taken, and what comes back with an error."""

from __future__ import annotations

from datetime import date

from werkzeug.datastructures import MultiDict

from forms.answers import ANSWER_REQUIRED
from forms.browser import logic_of
from forms.compile import instrument_of
from forms.fields import QuestionField
from forms.pages import FilledPages, fill
from forms.types import FROM_THE_LIST, WHOLE_NUMBER
from tests.forms.tables import workbook_of

INSTRUMENT = instrument_of(
    workbook_of("""
    | type               | name | label::Svenska (sv) | label::English (en) | hint::Svenska (sv) | relevant | required | constraint | constraint_message::Svenska (sv) | default |
    | note               | hej  | **Hej**             | Hello               |                    |          |          |            |             |   |
    | begin_group        | g    | Grupp               | Group               |                    |          |          |            |             |   |
    | select_one yn      | a    | A <script>x</script> | A                  | Tips               |          | yes      |            |             |   |
    | select_multiple yn | m    | M                   |                     |                    | ${a}=1   |          | count-selected(.) < 2 | Högst en. |   |
    | end_group          |      |                     |                     |                    |          |          |            |             |   |
    | integer            | n    | N                   | N                   |                    |          |          |            |             | 4 |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) | sa_missing |
    | yn        | 1    | Ja                  | Yes                 |            |
    | yn        | 0    | Nej                 | No                  |            |
    | yn        | DK   | Vet ej              | Do not know         | yes        |
    settings
    | form_id | default_language |
    | test    | Svenska (sv)     |
    """)
)


def filled(posted: list[tuple[str, str]] | None, language: str = "sv") -> FilledPages:
    """Fill in the questionnaire of this file."""
    form = None if posted is None else MultiDict(posted)
    return fill(INSTRUMENT, language, form, gettext=str, today=date(2026, 11, 22))


def field(pages: FilledPages, name: str) -> QuestionField:
    """Find a field by its question."""
    return next(bound for bound in pages.fields() if bound.name == name)


def test_an_empty_questionnaire_shows_texts_choices_and_defaults() -> None:
    """The first thing a pupil sees."""
    pages = filled(None)
    assert [page.page.number for page in pages.pages] == [1, 2, 3, 4]
    assert pages.pages[1].headings == [("Grupp", None)]
    assert field(pages, "hej").label_html == "<p><strong>Hej</strong></p>"
    a = field(pages, "a")
    assert (a.id, a.is_required_always, str(a.hint_html)) == ("q-a", True, "Tips")
    assert [(o.code, str(o.label_html), o.is_missing) for o in a.options] == [
        ("1", "Ja", False),
        ("0", "Nej", False),
        ("DK", "Vet ej", True),
    ]
    assert field(pages, "n").text == "4"
    assert pages.answers is None
    assert pages.errors == []


def test_an_authors_script_never_reaches_the_page() -> None:
    """Authors are not trusted."""
    assert "script" not in str(field(filled(None), "a").label_html)


def test_a_text_without_translation_names_its_language() -> None:
    """A screen reader changes its voice."""
    pages = filled(None, "en")
    assert field(pages, "a").label_language is None
    assert (str(field(pages, "m").label_html), field(pages, "m").label_language) == ("M", "sv")


def test_good_answers_are_taken() -> None:
    """What is stored is what was said."""
    pages = filled([("a", "1"), ("m", "0"), ("n", "12"), ("response_id", "x")])
    assert pages.errors == []
    assert pages.unknown == ()
    assert pages.answers is not None
    assert pages.answers.values == {"a": "1", "m": "0", "n": "12"}


def test_errors_stand_at_their_questions_with_what_was_typed() -> None:
    """Nothing has to be written twice."""
    pages = filled([("n", "tolv"), ("m", "1"), ("m", "0")])
    assert pages.answers is None
    assert [(where, sentence) for where, _, sentence in pages.errors] == [
        ("q-a", ANSWER_REQUIRED),
        ("q-n", WHOLE_NUMBER),
    ]
    assert field(pages, "n").text == "tolv"
    assert [o.code for o in field(pages, "m").options if o.is_checked] == ["1", "0"]


def test_the_authors_own_message_comes_first() -> None:
    """The author knows best how to say it; other languages get the default one's words."""
    posted = [("a", "1"), ("m", "1"), ("m", "0")]
    assert [sentence for *_, sentence in filled(posted).errors] == ["Högst en."]


def test_a_choice_outside_the_list_is_refused() -> None:
    """No code gets in that the codebook does not know."""
    pages = filled([("a", "7")])
    assert [sentence for *_, sentence in pages.errors] == [FROM_THE_LIST]


def test_a_bad_value_of_an_irrelevant_question_is_dropped() -> None:
    """It was not asked, so it cannot be wrong."""
    pages = filled([("a", "0"), ("m", "nonsense")])
    assert pages.answers is not None
    assert pages.answers.values == {"a": "0"}


def test_an_emptied_default_stays_empty() -> None:
    """A default is an offer, not an answer."""
    pages = filled([("a", "0"), ("n", "")])
    assert pages.answers is not None
    assert pages.answers.values == {"a": "0"}


def test_unknown_names_are_told() -> None:
    """Whoever posts them learns it; nothing is stored."""
    pages = filled([("a", "0"), ("zz", "1")])
    assert pages.unknown == ("zz",)
    assert pages.answers is None


def test_the_browser_gets_the_same_logic() -> None:
    """Only what decides something is sent."""
    logic = logic_of(INSTRUMENT, "sv", str)
    assert [page["questions"] for page in logic["pages"]] == [["hej"], ["a"], ["m"], ["n"]]
    assert logic["groups"] == {"g": {}}
    assert set(logic["questions"]["a"]) == {"type", "group", "required", "messages"}
    assert logic["questions"]["m"]["messages"] == {"constraint": "Högst en."}
    assert logic["questions"]["m"]["relevant"] == INSTRUMENT.questions["m"].relevant.ast  # type: ignore[union-attr]
    assert set(logic["order"]) == {"hej", "g", "a", "m", "n"}


GAPS = instrument_of(
    workbook_of("""
    | type               | name | label                  | hint      | relevant |
    | text               | name | Vad heter du?          |           |          |
    | select_multiple yn | m    | M                      |           |          |
    | text               | off  | Frågas inte            |           | ${m}='x' |
    | note               | hej  | Hej **${name}** ${m}!  |           |          |
    | begin_repeat       | r    | R                      |           |          |
    | text               | own  | O                      |           |          |
    | text               | more | Om ${own}${off}?       | ${name}   |          |
    | end_repeat         |      |                        |           |          |
    choices
    | list_name | name | label |
    | yn        | 1    | *Ja*  |
    | yn        | 0    | Nej   |
    settings
    | form_id | sa_mode |
    | f       | return  |
    """)
)


def test_gaps_of_labels_are_filled_in_what_comes_back() -> None:
    """Who has no script reads what was answered, as the script shows it."""
    posted = [("name", "<b>Bo"), ("m", "1"), ("m", "0"), ("off", "secret")]
    posted += [("r[#]", "2"), ("r[1]/own", "ett"), ("r[2]/own", "två")]
    pages = fill(GAPS, "sv", MultiDict(posted), gettext=str, today=date(2026, 2, 3))
    fields = {bound.name: bound for bound in pages.fields()}
    note = '<span data-ref="name">&lt;b&gt;Bo</span></strong> <span data-ref="m">Ja · Nej</span>!'
    assert note in fields["hej"].label_html
    assert fields["r[1]/more"].label_text == "Om ett?"
    assert fields["r[2]/more"].label_text == "Om två?"
    assert fields["r[2]/more"].hint_html.striptags() == "<b>Bo"
    empty = {
        b.name: b for b in fill(GAPS, "sv", None, gettext=str, today=date(2026, 2, 3)).fields()
    }
    assert '<span data-ref="name"></span>' in empty["hej"].label_html
