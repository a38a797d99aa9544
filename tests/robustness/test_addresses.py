"""A short walk through all addresses; `python -m tests.robustness.addresses` is the long one."""

from __future__ import annotations

import pytest

from tests.robustness.addresses import fill_app, walk
from tests.survey_app.conftest import app as app


def test_nothing_that_is_sent_is_an_error_of_the_server(app) -> None:
    """Odd addresses, queries and forms, as everybody: they are refused, or do something."""
    with app.app_context():
        fill_app(app)
    found = walk(app, 150, 1)
    assert found.errors == {}
    assert found.statuses[200] > 10


@pytest.mark.parametrize(
    "path", ["/e/a%0Ab", "/e/%F1%A1%97%AA", "/coding/schemes/99999999999999999999/"]
)
def test_addresses_that_were_errors_are_none(app, path) -> None:
    """A header takes no such name, and a database no such number."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert app.test_client().get(path).status_code in {302, 404}
