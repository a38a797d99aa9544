"""Accounts: logging in and out, and the language of the interface."""

from __future__ import annotations

from survey_app.account import invitations, own, people, single_sign_on, words
from survey_app.account.login import init_app
from survey_app.account.views import bp

__all__ = ["bp", "init_app", "invitations", "own", "people", "single_sign_on", "words"]
