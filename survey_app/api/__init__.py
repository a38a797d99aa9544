"""Coded data for programs: an OData 4 feed that Excel reads, its description, and its keys."""

from __future__ import annotations

from survey_app.api import description, feed, keys
from survey_app.api.blueprint import bp

__all__ = ["bp", "description", "feed", "keys"]
