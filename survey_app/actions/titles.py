"""Titles of rounds and questionnaires in the reader's language."""

from __future__ import annotations

from forms.instrument import Instrument
from forms.languages import text_in
from survey_app.languages import DEFAULT, spoken
from survey_app.store.models import InstrumentVersion, Round


def title_of(titled: Round | InstrumentVersion | Instrument) -> str:
    """Give a title in the reader's language; its name when it has none."""
    return text_in(titled.title, spoken(), DEFAULT)[0] or titled.name
