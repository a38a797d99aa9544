"""The enkät: what an anonymous respondent sees. Nothing here knows who that is."""

from survey_app.respond import installed  # noqa: F401 - adds its views
from survey_app.respond.views import bp

__all__ = ["bp"]
