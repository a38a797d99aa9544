"""What devices send becomes flat addresses; what was not asked is refused."""

from __future__ import annotations

from datetime import date

import pytest

from forms.answers import answer
from forms.compile import instrument_of
from forms.instrument import Instrument
from forms.model import MOST_INSTANCES
from forms.types import FROM_THE_LIST
from forms.xform import BadInstance, Filled, read_envelope, read_instance
from forms.xform.envelope import (
    AN_EDIT,
    LARGEST_INSTANCE,
    NOT_ITS_SHAPE,
    NOT_XML,
    TOO_LARGE,
    UNKNOWN_ELEMENT,
    WITHOUT_ID,
)
from forms.xform.instance import TOO_MANY
from tests.forms.tables import workbook_of
from tests.forms.xform.questionnaires import ID, everything, instance, with_doctype

CHILDREN = """
    | type         | name  | label |
    | text         | who   | Who   |
    | begin_group  | home  | Home  |
    | text         | where | Where |
    | end_group    |       |       |
    | begin_repeat | child | Child |
    | text         | name  | Name  |
    | begin_repeat | toy   | Toy   |
    | text         | kind  | Kind  |
    | end_repeat   |       |       |
    | end_repeat   |       |       |
    settings
    | form_id | sa_mode   |
    | f       | interview |
"""


def children() -> Instrument:
    """Give a questionnaire with repeats inside each other."""
    return instrument_of(workbook_of(CHILDREN))


def read(body: str, instrument: Instrument | None = None) -> Filled:
    """Read an instance with this body."""
    return read_instance(read_envelope(instance(body)), instrument or children())


def refusal(body: str, instrument: Instrument | None = None) -> str:
    """Give the sentence with which an instance is refused."""
    with pytest.raises(BadInstance) as caught:
        read(body, instrument)
    return caught.value.sentence


def test_answers_get_their_addresses() -> None:
    """Groups leave no trace, repeats are numbered, and empty instances count."""
    filled = read("""
        <who>Ann</who>
        <home><where>Lund</where></home>
        <child><name>Bo</name><toy><kind>ball</kind></toy><toy><kind/></toy></child>
        <child><name>Cy</name></child>
    """)
    assert filled.problems == {}
    assert filled.values == {
        "who": "Ann",
        "where": "Lund",
        "child[#]": "2",
        "child[1]/name": "Bo",
        "child[1]/toy[#]": "2",
        "child[1]/toy[1]/kind": "ball",
        "child[2]/name": "Cy",
        "child[2]/toy[#]": "0",
    }
    outcome = answer(children(), filled.values, today=date(2026, 1, 5))
    assert "child[1]/toy[2]/kind" in outcome.answers.asked
    assert outcome.answers.values["child[2]/name"] == "Cy"


NAMESAKES = """
    | type         | name   | label |
    | begin_group  | mother | M     |
    | integer      | age    | A     |
    | end_group    |        |       |
    | begin_repeat | child  | C     |
    | integer      | age    | A     |
    | end_repeat   |        |       |
    settings
    | form_id | sa_mode   |
    | f       | interview |
"""


def test_namesakes_keep_their_authors_names_in_what_is_sent() -> None:
    """A device knows them by their place."""
    body = "<mother><age>40</age></mother><child><age>4</age></child>"
    filled = read(body, instrument_of(workbook_of(NAMESAKES)))
    assert filled.values == {"mother__age": "40", "child[#]": "1", "child[1]/child__age": "4"}


def test_the_template_of_a_repeat_is_no_instance() -> None:
    """Some clients send it along."""
    filled = read('<child jr:template=""><name/></child><child><name>Bo</name></child>')
    assert filled.values["child[#]"] == "1"
    assert filled.values["child[1]/name"] == "Bo"


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("weight", "1.0E7", "10000000"),
        ("weight", "2.50", "2.5"),
        ("clock", "14:30:00.000+01:00", "14:30:00"),
        ("clock", "14:30", "14:30"),
        ("moment", "2026-01-05T14:30:00.000+01:00", "2026-01-05T14:30:00"),
        ("moment", "2026-01-05T14:30:00.000Z", "2026-01-05T14:30:00"),
        ("place", "59.32932199999999 18.0685808 1.0E1 4.5", "59.329322 18.0685808 10 4.5"),
        ("read", "OK", "OK"),
        ("eats", "pear fig", "fig pear"),
        ("ranked", "2 DK 1", "2 DK 1"),
        ("grade", "3.0", "3"),
        ("picture", "1767600000000.jpg", "1767600000000.jpg"),
    ],
)
def test_devices_write_some_types_in_ways_of_their_own(name: str, sent: str, kept: str) -> None:
    """What is stored does not depend on who collected it."""
    filled = read(f"<{name}>{sent}</{name}>", everything()[1])
    assert filled.problems == {}
    assert filled.values[name] == kept


def test_an_answer_of_another_type_is_a_problem_with_its_address() -> None:
    """ODK Central would take it."""
    body = "<home><many>x</many></home><eats>fig melon</eats><weight>NaN</weight>"
    filled = read(body, everything()[1])
    assert filled.problems.keys() == {"many", "eats", "weight"}
    assert filled.problems["eats"].sentence == FROM_THE_LIST
    assert not filled.values.keys() & {"many", "eats", "weight"}


def test_what_the_device_computed_is_computed_again() -> None:
    """A changed app cannot send a sum of its own."""
    body = "<home><many>3</many></home><doubled>999</doubled><kept>x</kept><visit_count>4</visit_count>"
    filled = read(body, everything()[1])
    assert not filled.values.keys() & {"doubled", "kept"}
    outcome = answer(everything()[1], filled.values, today=date(2026, 1, 5))
    assert outcome.answers.values["doubled"] == "6"
    assert "kept" not in outcome.answers.values


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("<day>2026-01-05</day><ended>2026-01-07T10:00:00.000+01:00</ended>", date(2026, 1, 5)),
        ("<ended>2026-01-07T10:00:00.000+01:00</ended>", date(2026, 1, 7)),
        ("<begun>2026-01-06T10:00:00.000+01:00</begun>", date(2026, 1, 6)),
        ("", None),
    ],
)
def test_the_day_is_that_of_the_interview(body: str, day: date | None) -> None:
    """A form filled in on Monday and sent on Friday is about Monday."""
    assert read(body, everything()[1]).day == day


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<nope>1</nope>", UNKNOWN_ELEMENT),
        ("<where>Lund</where>", UNKNOWN_ELEMENT),
        ("<child><toy><name>x</name></toy></child>", UNKNOWN_ELEMENT),
        ('<x:who xmlns:x="http://x.example">1</x:who>', UNKNOWN_ELEMENT),
        ("<child_count>1</child_count>", UNKNOWN_ELEMENT),
        ("<who>1</who><who>2</who>", TOO_MANY),
        ("<home/><home/>", TOO_MANY),
        ("<child/>" * (MOST_INSTANCES + 1), TOO_MANY),
        ("<who>Ann<b>x</b></who>", NOT_ITS_SHAPE),
        ("<home>loose</home>", NOT_ITS_SHAPE),
        ("<who>Ann</who>loose", NOT_ITS_SHAPE),
        ("<child>loose</child>", NOT_ITS_SHAPE),
    ],
)
def test_what_was_not_asked_is_refused(body: str, sentence: str) -> None:
    """Nothing is dropped in silence: it stays on the device."""
    assert refusal(body) == sentence


def test_as_many_instances_as_are_kept_are_taken() -> None:
    """The limit itself is allowed."""
    assert read("<child/>" * MOST_INSTANCES).values["child[#]"] == str(MOST_INSTANCES)


def test_the_envelope_says_what_it_is() -> None:
    """The round, its version, and the sending's own id, in small letters."""
    meta = f"<meta><instanceID>{ID.replace('fc', 'FC')}</instanceID></meta>"
    for xml in (instance("", version="3"), instance("", version="3", meta=meta)):
        envelope = read_envelope(xml)
        assert (envelope.form_id, envelope.version, envelope.instance_id) == ("f", "3", ID)


BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b"]>"
)
FILE = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        (b"", NOT_XML),
        (b"not xml", NOT_XML),
        (instance("<who>")[:-3], NOT_XML),
        (b"\xff\xfe\x00", NOT_XML),
        (instance("").replace(b"?>", b" encoding='no-such'?>", 1), NOT_XML),
        (with_doctype(instance("<who>&i;</who>"), BOMB), NOT_XML),
        (with_doctype(instance("<who>&a;</who>"), FILE), NOT_XML),
        (with_doctype(instance(""), b"<!DOCTYPE data>"), NOT_XML),
        (b"<a>" * 200_000 + b"</a>" * 200_000, NOT_XML),
        (b" " * (LARGEST_INSTANCE + 1), TOO_LARGE),
        (b"<data/>", WITHOUT_ID),
        (instance("", form_id=""), WITHOUT_ID),
        (instance("", meta="<meta/>"), WITHOUT_ID),
        (instance("", meta="<meta><instanceID>7</instanceID></meta>"), WITHOUT_ID),
        (instance("", meta=f"<meta><instanceID>uuid:{'-' * 36}</instanceID></meta>"), WITHOUT_ID),
        (instance("", meta=f"<meta><instanceID>{ID}</instanceID></meta><meta/>"), WITHOUT_ID),
        (
            instance("", meta=f"<meta><instanceID>{ID}</instanceID><deprecatedID/></meta>"),
            AN_EDIT,
        ),
    ],
)
def test_whatever_is_no_form_of_ours_is_refused(xml: bytes, sentence: str) -> None:
    """No entity is expanded, no file is read, and nothing else leaves than one kind of error."""
    with pytest.raises(BadInstance) as caught:
        read_envelope(xml)
    assert caught.value.sentence == sentence
