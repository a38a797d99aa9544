"""XForms of our questionnaires: what ODK's own validator accepts, and nothing more than we read."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from pyxform.validators.odk_validate import check_xform

from forms import library
from forms.problems import BadInstrument
from forms.reading import Limits
from forms.workbook import Workbook
from forms.xform import xform_of
from tests.factories import INTERVIEW
from tests.forms.tables import workbook_of
from tests.forms.xform.questionnaires import EVERYTHING
from tests.tools.programs import find_program

XFORMS = "{http://www.w3.org/2002/xforms}"


def written(workbook: Workbook) -> str:
    """Write an XForm with some name."""
    return xform_of(workbook, form_id="ht-2026", version="3", title="Höst")


def parsed(table: str) -> Element:
    """Write the XForm of a text table and read it as XML."""
    return fromstring(written(workbook_of(table)))


def primary(form: Element) -> Element:
    """Give the element that a filled-in form begins with."""
    found = form.find(f".//{XFORMS}instance")
    assert found is not None
    return found[0]


WORKBOOKS = {
    "everything": workbook_of(EVERYTHING),
    "pets": workbook_of(INTERVIEW),
    **{name: library.load(name) for name in library.names()},
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_odks_own_validator_accepts_the_form(name: str, tmp_path: Path) -> None:
    """What it refuses, ODK Collect cannot open."""
    find_program("java", package="default-jre-headless")
    path = tmp_path / "form.xml"
    path.write_text(written(WORKBOOKS[name]), encoding="utf-8")
    check_xform(str(path))


def test_the_validator_refuses_what_is_wrong(tmp_path: Path) -> None:
    """The test above can fail."""
    path = tmp_path / "form.xml"
    wrong = written(WORKBOOKS["pets"]).replace('ref="/data/pets"', 'ref="/data/nope"')
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(Exception, match="nope"):
        check_xform(str(path))


def test_the_form_has_the_names_that_we_give_it() -> None:
    """What comes back names its round; the author's form_id and version do not matter."""
    root = primary(fromstring(written(workbook_of(INTERVIEW))))
    assert root.tag == f"{XFORMS}data"
    assert (root.get("id"), root.get("version")) == ("ht-2026", "3")
    title = fromstring(written(workbook_of(INTERVIEW))).find(".//{*}title")
    assert title is not None
    assert title.text == "Höst"


def test_both_languages_are_there() -> None:
    """The one who interviews chooses."""
    form = parsed(INTERVIEW)
    languages = [each.get("lang") for each in form.iter(f"{XFORMS}translation")]
    assert languages == ["Svenska (sv)", "English (en)"]


def test_an_author_cannot_send_the_answers_elsewhere() -> None:
    """`submission_url` would make every device send to another server."""
    form = written(
        workbook_of("""
        | type | name | label::Svenska (sv) |
        | text | a    | A                   |
        settings
        | form_id | submission_url       | public_key | auto_send | sa_mode   |
        | f       | https://evil.example | abc        | true      | interview |
    """)
    )
    assert "evil" not in form
    assert "<submission" not in form


def test_columns_that_we_do_not_read_are_not_passed_on() -> None:
    """A device asks what a page asks: no intents, no media from elsewhere."""
    form = written(
        workbook_of("""
        | type | name | label::Svenska (sv) | body::intent    | media::audio::Svenska (sv) | instance::x |
        | text | a    | A                   | org.evil.app(1) | a.mp3                      | y           |
        settings
        | form_id | sa_mode   |
        | f       | interview |
    """)
    )
    assert "evil" not in form
    assert "a.mp3" not in form
    assert 'x="y"' not in form
    assert "/data/a" in form


def test_a_device_is_not_asked_who_and_where_it_is() -> None:
    """What would be thrown away here is not even recorded there: a place, a voice, each tap."""
    form = written(
        workbook_of("""
        | type             | name  | label::Svenska (sv) | parameters                                 | relevant  |
        | deviceid         | d     |                     |                                            |           |
        | start-geopoint   | where |                     |                                            |           |
        | background-audio | voice |                     | quality=low                                |           |
        | audit            | audit |                     | location-priority=balanced location-min-interval=60 location-max-age=120 | |
        | text             | a     | A                   |                                            | ${d} = '' |
        settings
        | form_id | sa_mode   |
        | f       | interview |
    """)
    )
    assert "/data/d" in form
    for word in ("deviceid", "setgeopoint", "recordaudio", "location-", "binary"):
        assert word not in form


def test_a_form_that_the_compiler_refuses_says_why() -> None:
    """Whoever opens the round reads a sentence."""
    with pytest.raises(BadInstrument, match="nope"):
        written(workbook_of("| type | name | label | relevant |\n| text | a | A | ${nope} = 1 |"))


def test_the_compiler_is_stopped_by_its_limits() -> None:
    """An author's workbook cannot stop the server."""
    tiny = Limits(output_bytes=100)
    with pytest.raises(BadInstrument):
        xform_of(workbook_of(INTERVIEW), form_id="f", version="1", title="F", limits=tiny)


def test_quotation_marks_are_written_as_devices_read_them() -> None:
    """The standard compiler straightens them, as we do."""
    workbook = workbook_of("""
        | type    | name | label       | relevant   |
        | integer | a    | Hur många   |            |
        | note    | n    | N           | ${a} = ‘1’ |
    """)
    xform = written(workbook)
    assert "/data/a  = '1'" in xform
