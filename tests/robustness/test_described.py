"""A short run of what programs may ask; `python -m tests.robustness.described` is the long one."""

from __future__ import annotations

from survey_app.actions import accounts, tokens
from survey_app.audience import Role
from survey_app.store.submissions import READING
from tests.robustness.described import REFUSED, UNKNOWN, ask, fill_table, knock
from tests.survey_app.conftest import app as app

EMAIL = "reader@demo.example"


def test_the_feed_answers_as_its_description_says(app) -> None:
    """Each option at its edges and beyond them, with a key, without one, and with a wrong one."""
    with app.app_context():
        accounts.create(EMAIL, [Role.COORDINATOR], "four-words-on-paper")
        key = tokens.create(EMAIL, "program", READING)
        fill_table()
    found = ask(app, key, 5, 1, phases={"coverage"})
    assert found.faults == {}
    assert min(found.statuses[status] for status in (200, 400)) > 10
    for headers, allowed in (({}, UNKNOWN), ({"Authorization": "Bearer x"}, REFUSED)):
        found = knock(app, key, headers, allowed)
        assert found.faults == {}
        assert found.statuses[401] > 0
