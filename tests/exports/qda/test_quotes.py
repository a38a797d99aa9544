"""No words leave that nobody approved, or that tell whose they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from exports.qda.quotes import Quote, Refusal, refusal_of

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
    assert refusal_of(quote) is why


@pytest.mark.parametrize("beside", [GOOD.beside, {"school": ""}])
def test_what_is_approved_leaves(beside: dict) -> None:
    """What is left empty beside it tells nothing."""
    assert refusal_of(replace(GOOD, beside=beside)) is None
