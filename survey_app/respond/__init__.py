"""The enkät: what an anonymous respondent sees. Nothing here knows who that is."""

from survey_app.respond.views import bp

__all__ = ["bp"]
