"""The coordinator's pages: rounds, returns, the register, instruments and languages."""

from __future__ import annotations

from survey_app.coordinate import (
    codes,
    extracts,
    followup,
    instruments,
    languages,
    large_files,
    oversight,
    register,
    returned,
    rounds,
    uploads,
)
from survey_app.coordinate.blueprint import bp

__all__ = [
    "bp",
    "codes",
    "extracts",
    "followup",
    "instruments",
    "languages",
    "large_files",
    "oversight",
    "register",
    "returned",
    "rounds",
    "uploads",
]
