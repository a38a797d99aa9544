"""Several versions of a questionnaire share one file without mixing what they mean."""

from __future__ import annotations

import pytest

from exports.codebook import codebook_of
from exports.coding import Response
from exports.errors import ConflictingVersions, UnknownVariable, UnknownVersion
from exports.merging import in_one_order
from exports.summaries import summarise
from exports.table import Table, wide_table
from forms.change_kinds import ChangeKind
from forms.instrument import Group, Instrument, Question
from tests.exports.factories import (
    AGREE,
    MISSING,
    ask,
    item,
    make_instrument,
    open_xlsx,
    respond,
    rows_of,
    sheet_rows,
)

FIRST = make_instrument(
    item("tri1", label="Jag trivs"),
    item("tri2"),
    ask("gammal", "integer", label="Gammal fråga"),
    ask("hinder", "select_multiple", "somn Sömn", "oro Oro", label="Hinder"),
    ask("val", "select_one", "1 Ja", "2 Nej", "3 Kanske", label="Val"),
    ask("ord"),
)
SECOND = make_instrument(
    ask("ny", "text", label="Ny fråga"),
    item("tri1", label="Jag mår bra i skolan"),
    item("tri3"),
    ask("hinder", "select_multiple", "oro Oro", "buller Buller", label="Hinder nu"),
    ask("val", "select_one", "1 Ja!", "2 Nej", "4 Senare", "!vet Vet ej", label="Val"),
    ask("ord"),
    version="2",
)


def merged(*responses: Response) -> Table:
    """Make the table of both versions."""
    return wide_table(codebook_of(FIRST, SECOND), responses)


RESPONSES = (
    respond("1", tri1="4", tri2="1", gammal="3", hinder="somn", val="3", ord="vet"),
    respond("2", ny="a", tri1="1", tri3="1", hinder="buller", val="vet", ord=None),
    respond("2", ny=None, tri1="2", tri3="DK", hinder=None, val="4", ord="b"),
)
HEADER = (
    *("_version", "ny", "tri1", "tri2", "gammal", "tri3", "hinder__somn", "hinder__oro"),
    *("hinder__buller", "val", "ord", "index_trivsel"),
)


def test_columns_of_all_versions_stand_in_the_newest_order() -> None:
    """What was dropped stays where it stood, after what stood before it."""
    assert codebook_of(FIRST, SECOND).names == HEADER


def test_rows_are_worked_out_by_hand() -> None:
    """What a version did not have reads as not asked; its index counts its own items."""
    rows = list(merged(*RESPONSES).rows)
    assert rows[0] == ("1", "NAP", 4, 1, 3, "NAP", 1, 0, "NAP", 3, '"vet"', 5)
    assert rows[1] == ("2", "a", 1, "NAP", "NAP", 1, "NAP", 0, 1, "vet", "NA", 0)
    assert rows[2][:6] == ("2", "NA", 2, "NAP", "NAP", "DK")
    assert rows[2][6:10] == ("NAP", "NA", "NA", 4)
    assert round(float(rows[2][11]), 2) == 3.33  # type: ignore[arg-type]


def test_a_missing_code_of_one_version_is_kept_apart_in_all() -> None:
    """A text that was answered before `vet` became a code is no missing answer."""
    assert rows_of(merged(RESPONSES[0]))[0]["ord"] == '"vet"'
    alone = wide_table(codebook_of(FIRST), RESPONSES[:1])
    assert rows_of(alone)[0]["ord"] == "vet"


def test_a_missing_code_that_was_dropped_is_kept_apart_still() -> None:
    """The newest version does not know `vet`, but the file does."""
    old = make_instrument(ask("val", "select_one", "1 Ja", "!vet Vet ej"), ask("ord"))
    new = make_instrument(ask("val", "select_one", "1 Ja"), ask("ord"), version="2")
    table = wide_table(codebook_of(old, new), [respond("2", val="1", ord="vet")])
    assert list(table.rows) == [("2", 1, '"vet"')]


def test_an_index_that_was_dropped_stands_among_the_indices() -> None:
    """Columns of our own do not come between questions."""
    old = make_instrument(item("a"), ask("x"))
    new = make_instrument(ask("x"), ask("y"), item("b", "Stöd"), version="2")
    names = codebook_of(old, new).names
    assert names == ("_version", "a", "x", "y", "b", "index_trivsel", "index_stöd")


def test_values_are_those_of_all_versions_with_the_newest_labels() -> None:
    """A code of an old version is explained too."""
    book = open_xlsx(merged(*RESPONSES))
    values = [row[1:] for row in sheet_rows(book, "Värden") if row[0] == "val"]
    assert [row[:3] for row in values] == [
        (1, "Ja!", "No"),
        (2, "Nej", "No"),
        (4, "Senare", "No"),
        ("vet", "Vet ej", "Yes"),
        (3, "Kanske", "No"),
        ("NA", "Not answered", "Yes"),
        ("NAP", "Not asked", "Yes"),
    ]
    labels = sheet_rows(book, "Etiketter")
    assert [row[9] for row in labels[1:]] == ["Kanske", "Vet ej", "Senare"]


def test_the_codebook_says_which_versions_have_a_variable() -> None:
    """The analyst sees why a column is empty before 2026."""
    book = open_xlsx(merged(*RESPONSES))
    rows = {row[0]: row for row in sheet_rows(book, "Kodbok")}
    versions = {name: row[9] for name, row in rows.items() if name in HEADER}
    assert versions["_version"] == versions["tri1"] == versions["index_trivsel"] == "1, 2"
    assert versions["ny"] == versions["hinder__buller"] == "2"
    assert versions["gammal"] == versions["hinder__somn"] == "1"
    assert rows["tri1"][1] == "Jag mår bra i skolan"
    assert rows["gammal"][1] == "Gammal fråga"
    assert rows["hinder__somn"][1] == "Hinder: Sömn"
    meanings = {r[0]: str(r[4]) for r in sheet_rows(book, "Värden") if r[1] == "NAP"}
    assert "does not have it" in meanings["ny"]
    assert "does not have it" not in meanings["tri1"]
    text = str(sheet_rows(book, "Läs mig"))
    assert "several versions" in text
    assert "min_skolsituation, 1, 2" in text


def test_one_version_alone_says_nothing_of_versions() -> None:
    """Nothing is explained that the file does not have."""
    book = open_xlsx(wide_table(codebook_of(SECOND), RESPONSES[1:]))
    assert "several versions" not in str(sheet_rows(book, "Läs mig"))
    assert "does not have it" not in str(sheet_rows(book, "Värden"))


def test_the_summary_counts_the_items_of_every_version() -> None:
    """An item that was dropped was asked while it was there."""
    old = respond("1", tri1="4", tri2="DK")
    new = respond("2", tri1="4", tri3="REF")
    (summary,) = summarise(merged(*[old] * 20, *[new] * 20))
    assert (summary.asked, summary.dont_know, summary.refused) == (40, 25, 25)


def test_versions_are_read_under_their_own_codebook() -> None:
    """An answer to a question that its version did not have is an error, as is a third version."""
    with pytest.raises(UnknownVariable):
        list(merged(respond("1", ny="a")).rows)
    with pytest.raises(UnknownVersion):
        list(merged(respond("3")).rows)


def test_two_versions_of_one_name_are_refused() -> None:
    """Whoever merges must be able to tell them apart."""
    with pytest.raises(ValueError, match="name of its own"):
        codebook_of(FIRST, make_instrument(ask("ord")))


def test_a_number_becomes_a_range_without_harm() -> None:
    """Both are numbers, each read by its own rule."""
    old, new = (
        make_instrument(ask("n", kind), version=v) for kind, v in (("decimal", "1"), ("range", "2"))
    )
    table = wide_table(codebook_of(old, new), [respond("1", n="2.50"), respond("2", n="3")])
    assert [row[1] for row in table.rows] == [2.5, 3]


def test_a_note_that_becomes_a_question_has_a_column() -> None:
    """A note has no answers that could contradict."""
    old = make_instrument(ask("q", "note", label="Hej"))
    new = make_instrument(ask("q", "select_one", *AGREE, *MISSING), version="2")
    table = wide_table(codebook_of(old, new), [respond("1"), respond("2", q="DK")])
    assert [row[1] for row in table.rows] == ["NAP", "DK"]


def repeat(name: str, *items: Question) -> Group:
    """Make a repeat."""
    return Group(name=name, row=2, items=items, is_repeat=True)


def test_repeats_of_every_version_have_their_tables() -> None:
    """Children of 2025 and pets of 2026 stand in one file."""
    old = make_instrument(repeat("barn", ask("alder", "integer"), ask("kon")), ask("x"))
    new = make_instrument(
        ask("x"), repeat("djur", ask("art")), repeat("barn", ask("kon"), ask("syn")), version="2"
    )
    codebook = codebook_of(old, new)
    assert codebook.names == ("_version", "_row", "x", "djur__count", "barn__count")
    assert [(t.name, t.names[2:]) for t in codebook.repeats] == [
        ("djur", ("art",)),
        ("barn", ("alder", "kon", "syn")),
    ]
    responses = [
        respond("1", **{"barn[1]/alder": "7", "barn[1]/kon": None}),
        respond("2", **{"djur[1]/art": "katt", "barn[1]/syn": "bra"}),
    ]
    first, second = wide_table(codebook, responses).records
    assert (first.row[3:], first.below) == (("NAP", 1), ((), ((1, 1, 7, "NA", "NAP"),)))
    assert (second.row[3:], second.below) == (
        (1, 1),
        (((2, 1, "katt"),), ((2, 1, "NAP", "NAP", "bra"),)),
    )


def test_a_repeat_that_only_an_old_version_had_makes_a_row_number() -> None:
    """Keys are there whenever any table needs them."""
    old = make_instrument(repeat("barn", ask("kon")), ask("x"))
    new = make_instrument(ask("x"), version="2")
    assert codebook_of(old, new).names == ("_version", "_row", "barn__count", "x")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (ask("q"), ask("q", "integer"), ChangeKind.TYPE_RECODED),
        (
            ask("q", "select_one", "1 Ja", "2 Nej"),
            ask("q", "select_one", "1 Nej", "2 Ja"),
            ChangeKind.RECODED,
        ),
        (
            ask("q", "select_one", "1 Ja", "9 Vet ej"),
            ask("q", "select_one", "1 Ja", "!9 Vet ej"),
            ChangeKind.MISSING_CHANGED,
        ),
        (item("q"), item("q", is_reversed=True), ChangeKind.REVERSE_CHANGED),
        (ask("q"), repeat("r", ask("q")), ChangeKind.REPEAT_CHANGED),
    ],
)
def test_a_name_that_means_two_things_is_refused(old, new, kind: ChangeKind) -> None:
    """A column with two meanings would be believed."""
    versions = make_instrument(old), make_instrument(new, version="2")
    with pytest.raises(ConflictingVersions, match="by: q") as caught:
        codebook_of(*versions)
    assert {change.kind for change in caught.value.conflicts} == {kind}


def test_a_conflict_between_versions_that_are_not_neighbours_is_found() -> None:
    """A name that was dropped cannot come back as another question."""
    versions: list[Instrument] = [
        make_instrument(ask("q"), ask("x")),
        make_instrument(ask("x"), version="2"),
        make_instrument(ask("q", "date"), ask("x"), version="3"),
    ]
    codebook_of(*versions[:2])
    with pytest.raises(ConflictingVersions):
        codebook_of(*versions)


@pytest.mark.parametrize(
    ("lists", "order"),
    [
        (["abc", "abc"], "abc"),
        (["abc", "axbc"], "axbc"),
        (["abc", "xa"], "xabc"),
        (["ca", "abc"], "cab"),
        (["ab", "axb", "ayb"], "ayxb"),
        (["", "ab"], "ab"),
    ],
)
def test_orders_are_put_together_by_what_stood_before(lists: list[str], order: str) -> None:
    """The newest order rules; older things keep their neighbour."""
    assert in_one_order(lists) == list(order)
