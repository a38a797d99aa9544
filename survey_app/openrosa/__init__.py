"""OpenRosa: questionnaires for ODK Collect and Enketo, and the filled-in forms they send."""

from __future__ import annotations

from survey_app.openrosa.views import bp

__all__ = ["bp"]
