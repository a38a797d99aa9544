"""All that stands about one person can be read, and erased without a trace of the pseudonym."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask_babel import gettext

from survey_app.actions import accounts, rounds, trail
from survey_app.actions.interviews import cases
from survey_app.actions.persons import erasing, extracting, finding
from survey_app.actions.persons.erasing import Ground, PseudonymNotTyped
from survey_app.actions.persons.finding import PersonUnknown
from survey_app.actions.retention import carrying
from survey_app.actions.retention.errors import DueChanged
from survey_app.store.database import db
from survey_app.store.retention import RetentionProtocol
from tests.factories import make_response, make_round, release
from tests.survey_app.actions.interviews.people import ALL, ANNA, NOTES, make_interview
from tests.survey_app.actions.retention.over import CODE, SECRET, returned_city
from tests.survey_app.returns import city

BY = city.COORDINATOR
OTHER = city.OURS[1]


def erase(code: str) -> RetentionProtocol:
    """Erase a person as the page does."""
    return erasing.erase(code, code, Ground.ERASURE, erasing.preview(code).digest, BY)


def text_of(code: str) -> str:
    """Give the words of a person's file."""
    _, sections = extracting.extract(code, BY)
    return "\n".join("\t".join([each.title, *cells]) for each in sections for cells in each.rows)


def test_a_pupils_file_has_register_returns_and_changes_in_words(context) -> None:
    """Questions and answers as they were asked, old values too; nothing of others."""
    returned_city()
    city.hand_in(_reopened(), OTHER, anteckning="Om en annan")
    said = text_of(CODE)
    for words in ("flicka", "Kommer till första lektionen", "Stödsamtal", "Annat", SECRET,
                  "return.submit", "person.extract"):  # fmt: skip
        assert words in said
    assert OTHER not in said
    assert "Om en annan" not in said


def _reopened():
    """Open the month again for another pupil."""
    found = rounds.find("manad-2026-10")
    found.state, found.period, found.due = "open", "2026-10", None
    db.session.commit()
    return rounds.find("manad-2026-10")


def test_a_pupil_is_erased_from_rows_record_and_files(app) -> None:
    """The others stay, the chain holds, and no file of the server has the pseudonym."""
    with app.app_context():
        returned_city()
        city.hand_in(_reopened(), OTHER)
        extracting.extract(CODE, BY)
        kept = erase(CODE)
        assert kept.counts == {
            "returns": 1, "submissions": 0, "milestone": 1, "consent": 0, "enrolment_span": 1,
            "pathway_event": 4, "placement": 1, "pupils": 1, "trail": 3,
        }  # fmt: skip
        assert (kept.ground, kept.is_rewritten) == (gettext(Ground.ERASURE.value), True)
        assert carrying.is_as_kept(kept)
        assert trail.verify().is_whole
        assert finding.find(OTHER).code == OTHER
        with pytest.raises(PersonUnknown):
            finding.find(CODE)
        db.session.rollback()
    assert not in_files(app, CODE)
    assert not in_files(app, SECRET)
    assert in_files(app, OTHER)


def test_somebody_who_was_interviewed_is_read_and_erased(app) -> None:
    """Answers, notes, consent and the record's entries; other cases stay."""
    with app.app_context():
        accounts.create(ANNA, ["interviewer"])
        of = make_round("talks", table=NOTES)
        code = make_interview(of, {"fore": SECRET}).code
        other = make_interview(of, {"fore": "Annat"}).code
        said = text_of(code)
        assert SECRET in said
        assert "2026-01-15" in said
        assert other not in said
        assert erase(code).counts == {"interviews": 1, "trail": 2}
        assert cases.find(of, other, ALL).code == other
        assert trail.verify().is_whole
        db.session.rollback()
    assert not in_files(app, code)
    assert not in_files(app, SECRET)


def test_it_is_confirmed_by_the_pseudonym_and_as_it_was_shown(context) -> None:
    """A slip erases nobody."""
    returned_city()
    seen = erasing.preview(CODE).digest
    with pytest.raises(PseudonymNotTyped):
        erasing.erase(CODE, OTHER, Ground.ERASURE, seen, BY)
    extracting.extract(CODE, BY)  # the record says more now than was shown
    with pytest.raises(DueChanged):
        erasing.erase(CODE, CODE, Ground.ERASURE, seen, BY)
    assert carrying.listing() == []


@pytest.mark.parametrize("code", ["", " ", "%", "E0", "E001/", "autumn"])
def test_nothing_but_a_whole_pseudonym_finds_anybody(context, code) -> None:
    """No guessing by parts, and no anonymous answer either."""
    returned_city()
    found = make_round("autumn")
    for _ in range(6):
        make_response(found)
    release("autumn")
    with pytest.raises(PersonUnknown):
        finding.find(code)


def in_files(app, words: str) -> bool:
    """Tell whether words stand in any file of the data directory."""
    paths = Path(app.config["SETTINGS"].data).rglob("*")
    return any(words.encode() in path.read_bytes() for path in paths if path.is_file())
