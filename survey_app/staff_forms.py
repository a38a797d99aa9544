"""What the forms of staff pages share."""

from __future__ import annotations

from flask_wtf import FlaskForm

UNPROCESSABLE = 422  # the status of a page that shows a form again, with what has to be mended


class Confirmation(FlaskForm):
    """A button to press once more; only its token counts."""
