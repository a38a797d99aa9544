"""Invented data, so that a new installation has something to look at."""

from __future__ import annotations

from survey_app.demo.filling import DemoAccount, fill

__all__ = ["DemoAccount", "fill"]
