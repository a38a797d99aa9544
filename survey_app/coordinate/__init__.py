"""The coordinator's pages: rounds, instruments and languages."""

from __future__ import annotations

from survey_app.coordinate import codes, instruments, languages, rounds, uploads
from survey_app.coordinate.blueprint import bp

__all__ = ["bp", "codes", "instruments", "languages", "rounds", "uploads"]
