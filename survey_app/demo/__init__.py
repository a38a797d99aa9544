"""Invented data, so that a new installation has something to look at."""

from __future__ import annotations

from survey_app.demo.filling import DemoAccount, entry_codes, fill

__all__ = ["DemoAccount", "entry_codes", "fill"]
