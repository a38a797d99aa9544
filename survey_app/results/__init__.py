"""Results as pictures, tables and sentences, for the coordinator."""

from __future__ import annotations

from survey_app.results import half_year_pages, pages
from survey_app.results.blueprint import bp

__all__ = ["bp", "half_year_pages", "pages"]
