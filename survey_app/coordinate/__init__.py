"""The coordinator's pages: rounds and instruments."""

from __future__ import annotations

from survey_app.coordinate import instruments, rounds, uploads
from survey_app.coordinate.blueprint import bp

__all__ = ["bp", "instruments", "rounds", "uploads"]
