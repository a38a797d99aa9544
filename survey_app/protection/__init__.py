"""Pages of data protection: how long data is kept, what was erased, and on which ground."""

from __future__ import annotations

from survey_app.protection import overview, persons, preserving, retention, words
from survey_app.protection.blueprint import bp

__all__ = ["bp", "overview", "persons", "preserving", "retention", "words"]
