"""Entry codes in the tables: hashed, counted in steps, and of use for some rounds only."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from sqlalchemy import select

from survey_app.actions import codes, responses, rounds
from survey_app.actions.code_errors import (
    CodeCountInvalid,
    CodesMadeMeanwhile,
    CodesNotAsked,
    DistrictInvalid,
    DistrictUnknown,
    RoundNotAnonymous,
)
from survey_app.actions.code_spelling import grouped, read
from survey_app.actions.codes import CodeCount
from survey_app.actions.errors import RoundClosed, RoundUnknown
from survey_app.settings import load
from survey_app.store.database import db, writing
from survey_app.store.models import Round
from survey_app.store.register import District
from survey_app.store.waiting import EntryCode
from tests.factories import INTERVIEW, make_answers, make_app, make_round, make_version, release


def coded_round(name: str = "autumn") -> Round:
    """Make an open round that asks for codes."""
    rounds.create(name, make_version(), codes_required=True)
    return rounds.open_round(name)


def answer_with(of: Round, *given: str) -> None:
    """Store an answer with each code."""
    for code in given:
        hashed = codes.hash_of(of.id, code)
        responses.store(of.id, of.version_id, make_answers(), code_hash=hashed)


def test_codes_are_made_once_and_kept_as_hashes(context, tmp_path) -> None:
    """Whoever takes the database learns no code."""
    made = codes.create(coded_round().name, 200, " Farsta  norra ")
    assert len(set(made)) == 200
    assert [read(code) for code in made] == made
    rows = db.session.execute(select(EntryCode.hash, EntryCode.district, EntryCode.used)).all()
    assert {tuple(row[1:]) for row in rows} == {("Farsta norra", False)}
    assert {row.hash for row in rows} == {codes.hash_of(1, code) for code in made}
    db.session.rollback()
    content = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("survey.sqlite*"))
    assert b"Farsta norra" in content
    for code in made:
        assert code.encode() not in content
        assert grouped(code).encode() not in content


def test_the_table_does_not_tell_the_order_of_the_cards(context, tmp_path) -> None:
    """A printed list beside the table says nothing about which row is which card."""
    coded_round()
    db.session.rollback()
    connection = sqlite3.connect(tmp_path / "data" / "survey.sqlite")
    connection.execute("CREATE TABLE seen (hash TEXT)")
    connection.execute(
        "CREATE TRIGGER see AFTER INSERT ON entry_code BEGIN INSERT INTO seen VALUES (new.hash); END"
    )
    connection.commit()
    codes.create("autumn", 50)
    written = [hashed for (hashed,) in connection.execute("SELECT hash FROM seen ORDER BY rowid")]
    connection.close()
    assert len(written) == 50
    assert written == sorted(written)


def test_a_hash_is_of_one_round_and_one_installation(context, tmp_path) -> None:
    """Neither another round's table nor another server's key tells anything of a code."""
    other = make_app(tmp_path / "other")
    with other.app_context():
        elsewhere = codes.hash_of(1, "FXW9MRX6W")
    responses.close(other)
    assert len({codes.hash_of(1, "FXW9MRX6W"), codes.hash_of(2, "FXW9MRX6W"), elsewhere}) == 3


def test_the_key_stays_and_comes_to_older_installations(tmp_path) -> None:
    """Cards that are handed out work after a restart; a folder from before gets a key."""
    first = load(tmp_path)
    assert load(tmp_path).code_key == first.code_key
    (tmp_path / "code-secrets.json").unlink()
    later = load(tmp_path)
    assert later.code_key != first.code_key
    assert later.receipt_key == first.receipt_key
    assert (tmp_path / "code-secrets.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("count", [0, -1, 5_001])
def test_only_sensible_numbers_are_made(context, count) -> None:
    """A slip of the finger does not fill the table."""
    coded_round()
    with pytest.raises(CodeCountInvalid):
        codes.create("autumn", count)
    assert codes.counts(rounds.find("autumn")) == []


def test_rounds_without_use_for_codes_get_none(context) -> None:
    """Where they would only mislead."""
    make_round("open")
    make_round("known", table=INTERVIEW)
    closed = coded_round("closed").name
    rounds.close_round(closed)
    for name, error in {
        "open": CodesNotAsked,
        "known": RoundNotAnonymous,
        "closed": RoundClosed,
        "none": RoundUnknown,
    }.items():
        with pytest.raises(error):
            codes.create(name, 1)
    assert not codes.may_create(rounds.find("open"))
    assert not codes.may_create(rounds.find(closed))


def test_a_districts_name_has_an_end(context) -> None:
    """It stands in a table on a page."""
    coded_round()
    with pytest.raises(DistrictInvalid):
        codes.create("autumn", 1, "x" * 101)


def test_the_registers_districts_are_the_ones(context) -> None:
    """A district made up for one card would tell whose the answer is."""
    coded_round()
    since = date(2020, 1, 1)
    with writing():
        db.session.add_all(
            [
                District(code="01", name="Farsta", valid_from=since),
                District(code="02", name="Årsta", valid_from=since, valid_to=since),
            ]
        )
    assert codes.districts() == ["Farsta"]
    codes.create("autumn", 1, " Farsta ")
    codes.create("autumn", 1)
    for name in ("Årsta", "just this one"):
        with pytest.raises(DistrictUnknown, match=name):
            codes.create("autumn", 1, name)


def test_nobody_makes_the_same_cards_twice(context) -> None:
    """A page that is loaded again shows no new codes."""
    coded_round()
    codes.create("autumn", 2, known=0)
    with pytest.raises(CodesMadeMeanwhile):
        codes.create("autumn", 2, known=0)
    codes.create("autumn", 2, known=2)
    assert [each.made for each in codes.counts(rounds.find("autumn"))] == [4]


def test_used_codes_are_counted_in_steps_until_the_round_is_over(context) -> None:
    """Staff cannot watch one pupil's card become used."""
    of = coded_round()
    farsta, none = codes.create("autumn", 9, "Farsta"), codes.create("autumn", 3)
    answer_with(of, *farsta[:7], none[0])
    of = rounds.find("autumn")
    assert codes.counts(of) == [
        CodeCount("Farsta", 9, 0, is_exact=False),
        CodeCount(None, 3, 0, is_exact=False),
    ]
    release("autumn")
    assert [each.used for each in codes.counts(rounds.find("autumn"))] == [5, 0]
    rounds.close_round("autumn")
    assert codes.counts(rounds.find("autumn")) == [
        CodeCount("Farsta", 9, None, is_exact=True),
        CodeCount(None, 3, None, is_exact=True),
    ]


@pytest.mark.parametrize(
    ("counted", "known"),
    [
        ([(40, 30), (40, 20), (40, 25)], [30, 20, 25]),
        ([(40, 30), (40, 9), (40, 25)], [30, None, None]),  # nine are few, and 25 would tell them
        ([(40, 37), (40, 20), (40, 25)], [None, None, 25]),  # three have not answered
        ([(40, 40), (40, 20), (40, 25)], [40, 20, 25]),
        ([(40, 3), (40, 1)], [None, None]),
        ([(40, 9)], [None]),
        ([(40, 12)], [12]),
        ([], []),
    ],
)
def test_districts_of_few_answers_hide_their_number(context, counted, known) -> None:
    """Nor can it be worked out from the round's own number of answers, on the same page."""
    of = coded_round()
    db.session.add_all(
        EntryCode(round_id=of.id, hash=f"{name}{card:063}", district=name, used=card < used)
        for name, (made, used) in zip("abc", counted, strict=False)
        for card in range(made)
    )
    db.session.commit()
    rounds.close_round("autumn")
    assert [each.used for each in codes.counts(rounds.find("autumn"))] == known


def test_whether_codes_are_asked_for_is_decided_before_the_round_opens(context) -> None:
    """Those who answered first had no card."""
    make_round("planned", is_open=False)
    assert rounds.require_codes("planned").codes_required
    rounds.open_round("planned")
    assert rounds.require_codes("planned").codes_required
    make_round("open")
    with pytest.raises(CodesNotAsked):
        rounds.require_codes("open")
    make_round("known", table=INTERVIEW, is_open=False)
    with pytest.raises(RoundNotAnonymous):
        rounds.require_codes("known")
    with pytest.raises(RoundNotAnonymous):
        rounds.create("other", make_version(INTERVIEW), codes_required=True)
