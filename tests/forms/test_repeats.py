"""Repeats: how many there are, what each of them says, and what comes back."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from forms.answers import ANSWER_REQUIRED, Outcome, answer
from forms.compile import instrument_of
from forms.fields import QuestionField
from forms.layout import Repeat
from forms.model import MOST_INSTANCES
from forms.pages import MOST_SHOWN, FilledPages, fill
from forms.types import FROM_THE_LIST, RANK_ALL
from tests.forms.tables import workbook_of

TODAY = date(2026, 11, 22)
FAMILY = instrument_of(
    workbook_of("""
    | type           | name    | label::Svenska (sv) | relevant     | required | calculation    | repeat_count | choice_filter | constraint |
    | begin_repeat   | barn    | Barn                |              |          |                |              |               |            |
    | text           | namn    | Smeknamn            |              | yes      |                |              |               |            |
    | integer        | alder   | Ålder               |              |          |                |              |               | . < 20     |
    | select_one lan | lan     | Län                 |              |          |                |              |               |            |
    | select_one ort | ort     | Ort                 |              |          |                |              | lan = ${lan}  |            |
    | begin_repeat   | leksak  | Leksak              | ${alder} < 7 |          |                |              |               |            |
    | text           | sort    | Sort                |              |          |                |              |               |            |
    | end_repeat     |         |                     |              |          |                |              |               |            |
    | calculate      | nummer  |                     |              |          | position(..)   |              |               |            |
    | end_repeat     |         |                     |              |          |                |              |               |            |
    | calculate      | summa   |                     |              |          | sum(${alder})  |              |               |            |
    | integer        | antal   | Antal               |              |          |                |              |               |            |
    | begin_repeat   | gang    | Gång                |              |          |                | ${antal}     |               |            |
    | text           | vad     | Vad                 |              |          |                |              |               |            |
    | end_repeat     |         |                     |              |          |                |              |               |            |
    choices
    | list_name | name | label::Svenska (sv) | lan |
    | lan       | ab   | Stockholm           |     |
    | lan       | c    | Uppsala             |     |
    | ort       | 1    | Solna               | ab  |
    | ort       | 2    | Enköping            | c   |
    settings
    | form_id | default_language | sa_mode   |
    | test    | Svenska (sv)     | interview |
    """)
)


def outcome(values: dict[str, str]) -> Outcome:
    """Answer for a family."""
    return answer(FAMILY, values, today=TODAY)


def filled(posted: dict[str, str] | None) -> FilledPages:
    """Fill in the family's pages."""
    form = None if posted is None else MultiDict(posted)
    return fill(FAMILY, "sv", form, gettext=str, today=TODAY)


def texts(pages: FilledPages) -> dict[str, str]:
    """Give what stands in the fields, by address."""
    return {field.name: field.text for field in pages.fields()}


def test_each_instance_has_its_own_answers_and_logic() -> None:
    """A six-year-old has toys, a twelve-year-old does not."""
    result = outcome(
        {
            "barn[1]/namn": "A",
            "barn[1]/alder": "6",
            "barn[1]/leksak[1]/sort": "boll",
            "barn[1]/leksak[2]/sort": "bil",
            "barn[2]/namn": "B",
            "barn[2]/alder": "12",
            "barn[2]/leksak[1]/sort": "dropped",
        }
    )
    assert result.problems == {}
    assert result.answers.values == {
        "barn[1]/namn": "A",
        "barn[1]/alder": "6",
        "barn[1]/leksak[1]/sort": "boll",
        "barn[1]/leksak[2]/sort": "bil",
        "barn[1]/nummer": "1",
        "barn[2]/namn": "B",
        "barn[2]/alder": "12",
        "barn[2]/nummer": "2",
        "summa": "18",
    }
    assert "barn[1]/leksak[2]/sort" in result.answers.asked
    assert "barn[2]/leksak[1]/sort" not in result.answers.asked


def test_problems_name_their_instance() -> None:
    """The message stands at the right child."""
    result = outcome({"barn[#]": "2", "barn[1]/namn": "A", "barn[2]/alder": "33"})
    assert {where: p.sentence for where, p in result.problems.items()} == {
        "barn[2]/namn": ANSWER_REQUIRED,
        "barn[2]/alder": "This answer is not possible here. Check it.",
    }


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({}, 0),
        ({"barn[#]": "0"}, 0),
        ({"barn[#]": "3"}, 3),
        ({"barn[2]/namn": "x"}, 2),
        ({"barn[#]": "1", "barn[2]/namn": "x"}, 2),
        ({"barn[#]": "999999"}, MOST_INSTANCES),
    ],
)
def test_as_many_instances_as_were_posted(values: dict[str, str], count: int) -> None:
    """Counted, or as far as the answers reach; never without end."""
    asked = outcome(values).answers.asked
    assert sum(address.endswith("/namn") for address in asked) == count


@pytest.mark.parametrize(("count", "instances"), [("", 0), ("2", 2), ("-1", 0), ("5000", 200)])
def test_the_author_may_decide_how_many(count: str, instances: int) -> None:
    """`repeat_count` is computed, whatever the client sends."""
    result = outcome({"antal": count, "gang[#]": "7", "gang[1]/vad": "x"})
    assert sum(address.endswith("/vad") for address in result.answers.asked) == instances
    assert ("gang[1]/vad" in result.answers.values) is (instances > 0)


def test_a_choice_outside_the_filter_is_refused() -> None:
    """Enköping does not lie in Stockholm."""
    good = {"barn[1]/namn": "A", "barn[1]/lan": "ab", "barn[1]/ort": "1"}
    assert outcome(good).problems == {}
    (problem,) = outcome(good | {"barn[1]/ort": "2"}).problems.values()
    assert problem.sentence == FROM_THE_LIST


def test_an_empty_page_has_one_instance_and_a_pattern() -> None:
    """There is a place to begin, and something to copy."""
    page = filled(None).pages[0]
    (repeat,) = page.blocks
    assert isinstance(repeat, Repeat)
    assert (repeat.counter, repeat.can_change) == ("barn[#]", True)
    assert [instance.address for instance in repeat.instances] == ["barn[1]"]
    assert repeat.pattern.address == "barn[+]"
    assert "barn[1]/leksak[+]/sort" in page
    assert "barn[+]/leksak[+]/sort" in page
    assert "barn[+]/leksak[1]/sort" in page, "a new child begins as the first did"
    assert [f.name for f in page.questions()][:2] == ["barn[1]/namn", "barn[1]/alder"]
    assert page["barn[1]/namn"].id == "q-barn:1:/namn"


def test_posted_instances_come_back_with_what_was_typed() -> None:
    """Nothing has to be written twice, and empty instances stay."""
    pages = filled({"barn[#]": "2", "barn[1]/namn": "A", "barn[1]/alder": "tre"})
    assert [where for where, *_ in pages.errors] == ["q-barn:1:/alder", "q-barn:2:/namn"]
    assert texts(pages)["barn[1]/alder"] == "tre"
    assert pages.unknown == ()


def test_instances_that_the_page_did_not_show_are_shown_with_their_errors() -> None:
    """Without a script the author's count is known only after sending."""
    required = instrument_of(
        workbook_of("""
        | type         | name  | label::Svenska (sv) | repeat_count | required |
        | integer      | antal | Antal               |              |          |
        | begin_repeat | gang  | Gång                | ${antal}     |          |
        | text         | vad   | Vad                 |              | yes      |
        | end_repeat   |       |                     |              |          |
        settings
        | form_id | sa_mode   |
        | test    | interview |
        """)
    )
    pages = fill(required, "sv", MultiDict({"antal": "2"}), gettext=str, today=TODAY)
    assert [where for where, *_ in pages.errors] == ["q-gang:1:/vad", "q-gang:2:/vad"]


@pytest.mark.parametrize(
    "name",
    ["barn[1]/zz", "barn/namn", "namn", "barn[0]/namn", "barn[1]/sort", "barn[x]/namn", "barn[1]",
     "barn[1]/namn/", "leksak[#]", "barn[+]/namn"],
)  # fmt: skip
def test_an_address_that_cannot_be_is_unknown(name: str) -> None:
    """Only what the page could have sent is taken."""
    assert filled({name: "x"}).unknown == (name,)


def test_good_instances_are_taken() -> None:
    """What is stored is what was said."""
    pages = filled({"barn[#]": "1", "barn[1]/namn": "A", "barn[1]/leksak[#]": "0"})
    assert pages.answers is not None
    assert pages.answers.values == {"barn[1]/namn": "A", "barn[1]/nummer": "1", "summa": "0"}


def test_a_ranking_gives_every_alternative_a_place() -> None:
    """A part of a ranking says nothing about the rest."""
    instrument = instrument_of(
        workbook_of("""
        | type     | name | label::Svenska (sv) |
        | rank abc | r    | Ordna               |
        choices
        | list_name | name | label::Svenska (sv) |
        | abc       | a    | A                   |
        | abc       | b    | B                   |
        settings
        | form_id |
        | test    |
        """)
    )
    assert answer(instrument, {"r": "b a"}, today=TODAY).answers.values == {"r": "b a"}
    (problem,) = answer(instrument, {"r": "b"}, today=TODAY).problems.values()
    assert problem.sentence == RANK_ALL


@pytest.mark.parametrize("count", ["9" * 5000, "\N{SUPERSCRIPT TWO}", "1e9", "-1", " 2"])
def test_a_count_that_is_no_number_does_no_harm(count: str) -> None:
    """A made-up post is answered, not stumbled over."""
    assert len(filled({"barn[#]": count}).pages) == 3
    assert len(outcome({"barn[#]": count}).answers.asked) < MOST_INSTANCES * 9


def test_a_count_without_end_is_the_most_there_can_be() -> None:
    """Division by zero is a number here."""
    instrument = instrument_of(
        workbook_of("""
        | type         | name | label | repeat_count |
        | begin_repeat | r    | R     | 1 div 0      |
        | text         | a    | A     |              |
        | end_repeat   |      |       |              |
        settings
        | form_id |
        | test    |
        """)
    )
    assert len(answer(instrument, {}, today=TODAY).answers.asked) == MOST_INSTANCES


def test_answers_of_uncounted_instances_are_taken() -> None:
    """A client that only names its answers loses none of them."""
    pages = filled({"barn[1]/namn": "A", "barn[2]/namn": "B", "barn[2]/leksak[1]/sort": "boll"})
    assert pages.answers is not None
    assert pages.answers.values["barn[2]/namn"] == "B"
    assert [name for name in pages.answers.asked if name.endswith("sort")] == []
    young = filled({"barn[1]/namn": "A", "barn[1]/alder": "3", "barn[1]/leksak[2]/sort": "boll"})
    assert young.answers is not None
    assert young.answers.values["barn[1]/leksak[2]/sort"] == "boll"


def test_no_page_is_longer_than_people_can_read() -> None:
    """Two hundred children with two hundred toys each are a made-up post."""
    posted = {f"barn[{n}]/leksak[#]": "200" for n in range(1, 201)} | {"barn[#]": "200"}
    pages = filled(posted)
    assert sum(len(list(page.questions())) for page in pages.pages) < 5 * MOST_SHOWN


def test_a_pattern_keeps_its_defaults_after_a_post() -> None:
    """What the browser copies is a new instance, not an empty one."""
    instrument = instrument_of(
        workbook_of("""
        | type         | name | label | default |
        | begin_repeat | r    | R     |         |
        | integer      | a    | A     | 4       |
        | end_repeat   |      |       |         |
        settings
        | form_id |
        | test    |
        """)
    )
    posted = MultiDict({"r[#]": "1", "r[1]/a": "x"})
    (page,) = fill(instrument, "und", posted, gettext=str, today=TODAY).pages
    shown = {field.name: field.text for field in page if isinstance(field, QuestionField)}
    assert shown == {"r[1]/a": "x", "r[+]/a": "4"}


def test_what_is_only_shown_shows_what_it_comes_to() -> None:
    """It is never wrong, never taken from the post, and there before anything is sent."""
    instrument = instrument_of(
        workbook_of("""
        | type    | name | label | read_only | calculation | required | constraint | default |
        | integer | a    | A     |           |             |          |            | 2       |
        | integer | b    | B     | yes       | ${a} + 1    | yes      | . = 0      |         |
        settings
        | form_id |
        | test    |
        """)
    )

    def shown(posted: dict[str, str] | None) -> FilledPages:
        form = None if posted is None else MultiDict(posted)
        return fill(instrument, "und", form, gettext=str, today=TODAY)

    assert texts(shown(None))["b"] == "3"
    after = shown({"a": "5", "b": "9"})
    assert (texts(after)["b"], after.errors) == ("6", [])
    assert after.answers is not None
    assert after.answers.values == {"a": "5", "b": "6"}
