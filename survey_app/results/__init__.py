"""Results as pictures, tables and sentences, for coordinators; of districts for their readers."""

from __future__ import annotations

from survey_app.results import district_pages, half_year_pages, pages
from survey_app.results.blueprint import bp

__all__ = ["bp", "district_pages", "half_year_pages", "pages"]
