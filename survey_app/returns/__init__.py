"""The team's pages: what is to be reported this month, and where it is written."""

from __future__ import annotations

from survey_app.returns.views import bp

__all__ = ["bp"]
