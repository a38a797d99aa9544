"""An interviewer with a device, and a round of interviews."""

from __future__ import annotations

import pytest
from flask import Flask

from survey_app.actions import accounts
from survey_app.audience import Role
from tests.factories import INTERVIEW, make_round
from tests.survey_app.openrosa.device import EMAIL, PASSWORD, Device


@pytest.fixture
def interviewer(app: Flask) -> None:
    """Make an interviewer's account."""
    with app.app_context():
        accounts.create(EMAIL, [Role.INTERVIEWER], PASSWORD)


@pytest.fixture
def device(app: Flask, interviewer: None) -> Device:
    """Give an interviewer's device, while the round `visits` is open."""
    with app.app_context():
        make_round("visits", table=INTERVIEW)
    return Device(app.test_client())
