"""Places in a text: what can be chosen by keyboard, and where words went when a note changed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.actions.coding.spans import Span, found_unchanged, paragraphs, sentences, trimmed


def pieces(text: str) -> list[list[str]]:
    """Give the sentences of each paragraph."""
    return [
        [text[each.start : each.stop].strip() for each in sentences(text, paragraph)]
        for paragraph in paragraphs(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bra. Eller?  Ja!", [["Bra.", "Eller?", "Ja!"]]),
        ("Kl. 3.5 i snitt. Bra", [["Kl.", "3.5 i snitt.", "Bra"]]),
        ("”Kom hit.” Jag gick.", [["”Kom hit.”", "Jag gick."]]),
        ("Ett\r\n\r\n  Två. Tre\n", [["Ett"], ["Två.", "Tre"]]),
        ("لماذا؟ نعم.", [["لماذا؟", "نعم."]]),
        ("Vänta... nej… så.", [["Vänta...", "nej…", "så."]]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_falls_into_paragraphs_and_sentences(text, found) -> None:
    """In any of the languages that people are interviewed in."""
    assert pieces(text) == found


@given(st.text(alphabet="aå .!?\n\r😀؟", max_size=60))
@settings(max_examples=150, deadline=None)
def test_every_letter_can_be_chosen_and_none_twice(text) -> None:
    """The sentences of a paragraph cover it whole, one after the other."""
    for paragraph in paragraphs(text):
        own = list(sentences(text, paragraph))
        assert [own[0].start, own[-1].stop] == list(paragraph)
        assert all(a.stop == b.start for a, b in pairwise(own))
        assert all(each.start < each.stop for each in own)


def test_room_at_the_ends_is_no_part_of_a_passage() -> None:
    """Two coders who mark a blank more or less mark the same."""
    assert trimmed(" Bra så. ", Span(0, 9)) == Span(1, 8)
    assert trimmed("   ", Span(0, 3)) == Span(3, 3)


@pytest.mark.parametrize(
    ("old", "new", "words", "found"),
    [
        # Everything before is as it was.
        ("Bra. Kim var sjuk.", "Bra. Eleven var sjuk.", "Bra.", 0),
        # Everything after is as it was.
        ("Kim var sjuk. Bra.", "Eleven var sjuk. Bra.", "Bra.", 17),
        ("Kim kom. Sedan. Kim", "En elev kom. Sedan. Eleven", "Sedan.", 13),
        # The words themselves changed.
        ("Kim var sjuk.", "Eleven var sjuk.", "Kim var sjuk.", None),
        ("Kim var sjuk.", "", "Kim", None),
        # Once before, twice after: nobody knows which.
        ("X ja Y", "ja Z ja", "ja", None),
        ("X ja ja Y", "Z ja W", "ja", None),
        # Parts of other words are other words.
        ("Hon är sjuk ofta. A", "På sjukhus ofta. B", "sjuk", None),
        ("Ja. Ja. Nej", "Ja. Nej", "Ja.", 0),
    ],
)
def test_words_are_found_where_there_is_no_doubt(old, new, words, found) -> None:
    """A code that drifted onto other words would be worse than one that waits."""
    start = old.index(words)
    place = found_unchanged(old, new, Span(start, start + len(words)))
    assert place == (None if found is None else Span(found, found + len(words)))


@given(
    st.text(alphabet="ab .", min_size=1, max_size=12),
    st.text(alphabet="ab .", max_size=12),
    st.data(),
)
@settings(max_examples=200, deadline=None)
def test_what_is_carried_over_reads_the_same(old, new, data) -> None:
    """Letter by letter, whatever was corrected."""
    start = data.draw(st.integers(0, len(old) - 1))
    stop = data.draw(st.integers(start + 1, len(old)))
    place = found_unchanged(old, new, Span(start, stop))
    if place is not None:
        assert new[place.start : place.stop] == old[start:stop]
        assert len(new[place.start : place.stop]) == stop - start
