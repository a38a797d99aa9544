"""What is counted by patterns is what is counted one by one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.codebook import codebook_of
from exports.coding import Response
from exports.results.alike import Alike, results_of_alike
from exports.results.enkat import results_of
from exports.table import wide_table
from forms.answers import Answers
from tests.exports.factories import ask, item, make_instrument

NAMES = ("a", "b", "c", "d", "more")
OLD = make_instrument(
    item("a"),
    item("b", is_reversed=True),
    ask("free"),
    ask("more", "select_multiple", "x X", "y Y", "!DK Vet ej"),
    version="1",
)
NEW = make_instrument(
    item("a"), item("b", is_reversed=True), item("c"), item("d", dimension=""), ask("free"),
    ask("more", "select_multiple", "x X", "y Y", "!DK Vet ej"), version="2",
)  # fmt: skip
likert = st.sampled_from(["4", "3", "1", "DK", "REF", ""])
answers = st.fixed_dictionaries(
    {**dict.fromkeys("abcd", likert), "more": st.sampled_from(["", "x", "x y", "DK"])}
)
asked = st.sampled_from([frozenset(NAMES), frozenset({"a", "free", "more"}), frozenset({"c"})])


@given(st.lists(st.tuples(st.sampled_from(["1", "2"]), answers, asked), min_size=8, max_size=14))
@settings(max_examples=20, deadline=None)
def test_patterns_give_the_same_results(said) -> None:
    """Two versions, questions that were not asked, each answer five times; in two batches."""
    codebook = codebook_of(OLD, NEW)
    known = {version: codebook.addresses[version] for version in ("1", "2")}
    rows = [
        Response(
            version,
            Answers(
                {n: t for n, t in values.items() if t and n in was_asked & known[version]},
                was_asked & known[version],
            ),
        )
        for version, values, was_asked in said * 5
    ]
    batches = [Alike(each.version, each.answers.asked, [each.answers.values]) for each in rows]
    assert results_of_alike(codebook, batches) == results_of(wide_table(codebook, rows))
