"""Released answers as rows of a coded file: what was said, and where from if that may be told."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import Text, cast, exists, select

from exports.coding import Response as Coded
from exports.results.alike import Alike
from forms.answers import Answers
from forms.instrument import Instrument
from survey_app.actions.told_columns import told_column
from survey_app.store.database import db
from survey_app.store.models import Response

AT_A_TIME = 1_000  # rows fetched together
TOGETHER = 10_000  # rows that are counted together
DISTRICT = "_district"


def has_districts(round_ids: Collection[int]) -> bool:
    """Tell whether any released answer of some rounds shows where it comes from."""
    shown = exists().where(Response.round_id.in_(round_ids), Response.district.is_not(None))
    return bool(db.session.scalar(select(shown)))


def with_district(instrument: Instrument, name: str) -> Instrument:
    """Add the district to an instrument, as if it had been asked last; NA means the whole city."""
    label = gettext("The district on the card (NA: the whole city)")
    return instrument.with_items(last=[told_column(name, label)])


def alike_in(round_id: int, versions: Mapping[int, str]) -> Iterator[Alike]:
    """Read a round's responses in no order, those together that were asked the same.

    Args:
        versions: What the file calls each version, by its id.
    """
    # As text, for most were asked what others were asked: that is read once.
    wanted = select(Response.version_id, cast(Response.answers, Text), cast(Response.asked, Text))
    rows = db.session.execute(
        wanted.where(Response.round_id == round_id), execution_options={"yield_per": TOGETHER}
    )
    asked_of: dict[str, frozenset[str]] = {}
    for some in rows.partitions():
        found: dict[tuple[int, str], list[Mapping[str, str]]] = defaultdict(list)
        for version_id, answers, asked in some:
            found[version_id, asked].append(json.loads(answers))
        for (version_id, asked), answered in found.items():
            if asked not in asked_of:
                asked_of[asked] = frozenset(json.loads(asked))
            yield Alike(versions[version_id], asked_of[asked], answered)


@dataclass(frozen=True, slots=True)
class StoredResponses:
    """The responses of some rounds, read anew each time, in the order of their random keys.

    Attributes:
        rounds: Their names, by their ids.
        versions: What the file calls each version, by its id.
        district: What the file calls the district; None leaves it out.
    """

    rounds: Mapping[int, str]
    versions: Mapping[int, str]
    district: str | None = None

    def __iter__(self) -> Iterator[Coded]:
        """Yield them without keeping them."""
        columns = select(
            Response.version_id,
            Response.answers,
            Response.asked,
            Response.district,
            Response.round_id,
        )
        wanted = columns.where(Response.round_id.in_(self.rounds)).order_by(Response.id)
        rows = db.session.execute(wanted, execution_options={"yield_per": AT_A_TIME})
        for version_id, answers, asked, district, round_id in rows:
            said = self._said(answers, asked, district)
            yield Coded(self.versions[version_id], said, self.rounds[round_id])

    def _said(
        self, answers: Mapping[str, str], asked: Collection[str], district: str | None
    ) -> Answers:
        if self.district is None:
            return Answers(answers, frozenset(asked))
        told = {} if district is None else {self.district: district}
        return Answers({**answers, **told}, frozenset({*asked, self.district}))
