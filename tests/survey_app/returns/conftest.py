"""A city whose October is open, and the browsers of those who may report, or only look."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.survey_app.returns.city import COORDINATOR, OTHER, TEAM, fill, log_in


@pytest.fixture
def city(app: Flask) -> Flask:
    """Fill the city."""
    with app.app_context():
        fill()
    return app


@pytest.fixture
def team(city: Flask) -> FlaskClient:
    """Give the browser of a member of the team with nine pupils."""
    return log_in(city.test_client(), TEAM)


@pytest.fixture
def other(city: Flask) -> FlaskClient:
    """Give the browser of a member of the other team."""
    return log_in(city.test_client(), OTHER)


@pytest.fixture
def looking(city: Flask) -> FlaskClient:
    """Give the browser of a coordinator."""
    return log_in(city.test_client(), COORDINATOR)
