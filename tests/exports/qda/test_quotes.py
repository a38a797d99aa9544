"""No words leave that nobody approved, or that tell whose they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from exports.qda.quotes import Quote, Refusal, sort_quotes

WORDS = "Läraren såg mig."
GOOD = Quote(
    text=WORDS,
    code="rel:tillit",
    beside={"role": "elev", "gender": "girl"},
    sharing=5,
    approved_text=WORDS,
    approved_by="anna",
    approved_on=date(2026, 11, 3),
)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"approved_by": ""}, Refusal.NOT_APPROVED),
        ({"approved_on": None}, Refusal.NOT_APPROVED),
        ({"approved_text": ""}, Refusal.NOT_APPROVED),
        ({"text": WORDS + " Hon heter Eva."}, Refusal.CHANGED),
        ({"text": "Ring 070-123 45 67", "approved_text": "Ring 070-123 45 67"}, Refusal.PERSONAL),
        ({"text": "Jag är 121212-1213", "approved_text": "Jag är 121212-1213"}, Refusal.PERSONAL),
        ({"beside": {"role": "a@b.se"}}, Refusal.PERSONAL),
        ({"beside": {"school": "Ekskolan", "gender": "girl"}}, Refusal.TELLS_WHO),
        ({"beside": {"year_group": "7", "gender": "girl"}}, Refusal.TELLS_WHO),
        ({"sharing": 4}, Refusal.SMALL_GROUP),
        ({"text": " ", "approved_text": " "}, Refusal.EMPTY),
    ],
)
def test_each_reason_to_stay(changes: dict, why: Refusal) -> None:
    """Whoever wants to quote learns what to mend."""
    quote = replace(GOOD, **changes)
    assert sort_quotes([quote]).refused == ((quote, why),)
    assert sort_quotes([quote]).allowed == ()


def test_what_is_approved_leaves_in_an_order_that_tells_nothing() -> None:
    """Not as they were said: two of one pupil do not stand together because of it."""
    others = [
        replace(GOOD, text=t, approved_text=t, beside={"school": ""}) for t in ("Ja.", "Aldrig.")
    ]
    asked = [GOOD, *others]
    assert [q.text for q in sort_quotes(asked).allowed] == ["Aldrig.", "Ja.", WORDS]
    assert sort_quotes(asked) == sort_quotes(asked[::-1])
