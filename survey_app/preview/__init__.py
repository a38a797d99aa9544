"""The enkät before it is published: the respondents' own pages, tried by its author."""

from survey_app.preview.views import bp, try_out

__all__ = ["bp", "try_out"]
