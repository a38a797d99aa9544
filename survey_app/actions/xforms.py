"""Write a round's questionnaire for devices once, when it is opened, and give it back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from forms.instrument import Mode
from forms.languages import text_in
from forms.problems import BadInstrument
from forms.tables import csv_of
from forms.xform import xform_of
from survey_app.actions import pictures
from survey_app.actions.calendar import today
from survey_app.actions.errors import RoundUnknown, XFormRefused
from survey_app.actions.instruments import instrument_of, workbook_of
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import Round, RoundState
from survey_app.store.submissions import XForm

HASH_PREFIX = "md5:"  # OpenRosa knows no other
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that a device may fetch.

    Attributes:
        form_id: The round's name: what comes back names its round by it.
        version: The number of the instrument's version.
    """

    form_id: str
    version: str
    title: str
    xml: str
    version_id: int

    @property
    def hash(self) -> str:
        """Tell whether a device has it already."""
        return hash_of(self.xml.encode())


def hash_of(content: bytes) -> str:
    """Tell one content from another, as OpenRosa writes it."""
    return HASH_PREFIX + hashlib.md5(content, usedforsecurity=False).hexdigest()


def files_of(offer: Offer) -> Mapping[str, tuple[str, bytes]]:
    """Give what a form needs besides itself, pictures and tables: name -> media type and bytes."""
    shown = pictures.of_version(offer.version_id).values()
    tables = workbook_of(offer.version_id).tables
    return {each.name: (each.media_type, each.content) for each in shown} | {
        sheet.name: (CSV, csv_of(sheet, "utf-8")) for sheet in tables
    }


def prepare(of: Round) -> None:
    """Write the XForm of a round, unless it is written, or the round is anonymous.

    Raises:
        XFormRefused: The standard compiler does not take the questionnaire.
    """
    if of.mode == Mode.ANONYMOUS or db.session.get(XForm, of.id) is not None:
        return
    round_id, name, mode = of.id, of.name, of.mode
    try:
        xml = xform_of(
            workbook_of(of.version_id), form_id=name, version=version_of(of), title=title_of(of)
        )
    except BadInstrument as error:
        raise XFormRefused(round=name, detail=str(error)) from error
    with writing():
        if db.session.get(XForm, round_id) is None:
            db.session.add(XForm(round_id=round_id, mode=mode, xml=xml))


def offered(modes: Collection[Mode]) -> Sequence[Offer]:
    """Give the forms of all rounds of some modes that are open today."""
    wanted = select(Round, XForm.xml).join(XForm, XForm.round_id == Round.id)
    rows = db.session.execute(wanted.where(Round.mode.in_(modes)).order_by(Round.id))
    return [_offer(of, xml) for of, xml in rows if of.state_on(today()) is RoundState.OPEN]


def find(name: str, modes: Collection[Mode]) -> Offer:
    """Give the form of a round that is open today.

    Raises:
        RoundUnknown: There is none of that name, or not for devices, or not for these modes.
    """
    found = next((offer for offer in offered(modes) if offer.form_id == name), None)
    if found is None:
        raise RoundUnknown(round=name)
    return found


def round_for(name: str, modes: Collection[Mode]) -> Round:
    """Find the round that a sent form names, open or not.

    Raises:
        RoundUnknown: There is none of that name, or it is of another mode.
    """
    found = queries.round_named(name)
    if found is None or found.mode == Mode.ANONYMOUS or Mode(found.mode) not in modes:
        raise RoundUnknown(round=name)
    return found


def version_of(of: Round) -> str:
    """Name the version as devices do."""
    return str(of.version.number)


def title_of(of: Round) -> str:
    """Give the round's title in the questionnaire's default language."""
    default = instrument_of(of.version_id).default_language
    return text_in(of.title, default, default)[0]


def _offer(of: Round, xml: str) -> Offer:
    return Offer(of.name, version_of(of), title_of(of), xml, of.version_id)
