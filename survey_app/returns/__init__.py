"""What a team reports each month: sheets, returns, and the days of its calendar."""

from __future__ import annotations

from survey_app.returns.calendars import bp as calendars_bp
from survey_app.returns.views import bp

__all__ = ["bp", "calendars_bp"]
