"""What the page shows of one return: its fields as they stand, and what stands beside each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from forms import addresses
from forms.fields import QuestionField
from forms.instrument import Instrument
from forms.pages import PageForm, fill
from survey_app.actions.calendar import today
from survey_app.actions.instruments import instrument_of
from survey_app.actions.register.states import TO_BE_JUDGED, ReturnState
from survey_app.actions.returns.doubting import doubts
from survey_app.actions.returns.expecting import Expected
from survey_app.actions.returns.placing import PUPIL
from survey_app.actions.returns.prefilling import REPEAT
from survey_app.actions.returns.reporting import Background, background_of
from survey_app.actions.returns.saving import find
from survey_app.actions.returns.scope import DONE, Sheet
from survey_app.actions.returns.valuing import in_words
from survey_app.collect.reader import Reader, staff_reader
from survey_app.languages import spoken_in
from survey_app.returns.curves import Curve, curve_of
from survey_app.store.models import Round
from survey_app.store.register import Milestone
from survey_app.store.returns import UnitReturn


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a field.

    Attributes:
        before: Last time's value, and the same in words.
        theirs: What somebody else wrote in the meantime; None when that is no other.
        doubt, why: What is implausible, and why it is right.
        warning: What may name somebody.
    """

    before: str = ""
    before_words: str = ""
    theirs: str | None = None
    theirs_words: str = ""
    doubt: str = ""
    why: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What came back from a sending that was not taken as it was meant.

    Attributes:
        typed: What was typed, shown again.
        sentence: What is wrong with all of it.
        problems, doubts, warnings: Address -> sentence.
        changed_by: Who wrote in between.
    """

    typed: Mapping[str, str]
    sentence: str = ""
    reason: str = ""
    confirmed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One return on the page."""

    sheet: Sheet
    expected: Expected
    instrument: Instrument
    kept: UnitReturn | None
    known: Background
    pages: tuple[PageForm, ...]
    besides: Mapping[str, Beside]
    reader: Reader
    trouble: Trouble | None
    curve: Curve | None

    @property
    def state(self) -> ReturnState:
        """Tell where the return is."""
        return self.expected.state

    @property
    def stored_state(self) -> str:
        """Give the state in the database; "" when nothing is stored."""
        return self.kept.state if self.kept else ""

    @property
    def revision(self) -> int:
        """Give the revision that this page shows."""
        return self.kept.revision if self.kept else 0

    @property
    def may_edit(self) -> bool:
        """Tell whether the fields can be filled in."""
        return self.sheet.may_write and self.state is not ReturnState.ACCEPTED

    @property
    def needs_reason(self) -> bool:
        """Tell whether a change must be explained: it was handed in already."""
        return self.stored_state in TO_BE_JUDGED

    @property
    def address(self) -> str:
        """Give the return's own address."""
        return address_of(self.expected, self.sheet.round)

    @property
    def prefix(self) -> str:
        """Give what ids of this return begin with, so that several can share a page."""
        return prefix_of(self.expected)

    def beside(self, address: str) -> Beside:
        """Give what stands beside a field."""
        return self.besides.get(address, Beside())

    def milestone(self, address: str) -> Milestone | None:
        """Give the milestone that an instance of the repeat is about."""
        name, number = addresses.steps(address)[-1]
        is_about = name == REPEAT and 0 < number <= len(self.known.milestones)
        return self.known.milestones[number - 1] if is_about else None

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Give id, label and sentence of each field that has to be mended, or explained."""
        for page in self.pages:
            for bound in page.questions():
                if sentence := " ".join(bound.errors) or self.beside(bound.name).doubt:
                    yield bound.id, bound.label_text, sentence


def card_of(sheet: Sheet, expected: Expected, trouble: Trouble | None = None) -> Card:
    """Lay out one return for its reader."""
    of = sheet.round
    instrument, kept = instrument_of(of.version_id), find(of, expected.unit)
    known = background_of(of, expected)
    language = spoken_in(instrument)
    typed = trouble.typed if trouble else (dict(kept.answers) if kept else None)
    pages = _pages(instrument, language, typed, known)
    besides = _besides(instrument, language, kept, known, trouble)
    _adjust(pages, prefix_of(expected), trouble)
    reader = staff_reader(language)
    is_done = expected.state in DONE
    curve = curve_of(of, expected.unit) if is_done and expected.unit.kind == PUPIL else None
    return Card(sheet, expected, instrument, kept, known, pages, besides, reader, trouble, curve)


def address_of(expected: Expected, of: Round) -> str:
    """Give the address of one return."""
    unit = expected.unit
    return url_for(
        "returns.unit",
        round_name=of.name,
        kind=unit.kind,
        code=unit.code,
        occasion=unit.occasion or None,
    )


def prefix_of(expected: Expected) -> str:
    """Give the beginning of a return's ids: letters, digits and hyphens alone."""
    words = f"{expected.unit.code}-{expected.unit.occasion}".rstrip("-")
    plain = re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0])}_", words)
    return f"u-{plain}-"


def _pages(
    instrument: Instrument, language: str, typed: Mapping[str, str] | None, known: Background
) -> tuple[PageForm, ...]:
    posted = None
    if typed is not None:
        counted = [group for group in instrument.groups.values() if group.repeat_count is not None]
        counters = {addresses.counter("", group.name): "0" for group in counted}
        posted = MultiDict({**counters, **typed})
    filled = fill(instrument, language, posted, gettext=gettext, today=today(), given=known.given)
    return filled.pages


def _adjust(pages: tuple[PageForm, ...], prefix: str, trouble: Trouble | None) -> None:
    """Make ids the return's own, and complain only of what came back."""
    problems = trouble.problems if trouble else {}
    for page in pages:
        for bound in page:
            bound.id = prefix + str(bound.id)
            if isinstance(bound, QuestionField):
                bound.errors = [problems[bound.name]] if bound.name in problems else ()


def _besides(
    instrument: Instrument,
    language: str,
    kept: UnitReturn | None,
    known: Background,
    trouble: Trouble | None,
) -> Mapping[str, Beside]:
    stored = dict(kept.answers) if kept else {}
    confirmed = dict(trouble.confirmed if trouble else (kept.confirmed if kept else {}))
    doubted = trouble.doubts if trouble else {}
    theirs = _theirs(stored, trouble)
    found_now = doubts(stored, known.earlier, known.school) if confirmed else {}
    all_of_it = {*known.before, *confirmed, *doubted, *theirs}
    all_of_it |= set(trouble.warnings) if trouble else set()
    found = {}
    for at in all_of_it:
        question = instrument.questions.get(addresses.question_of(at))
        if question is None:
            continue
        before, their = known.before.get(at, ""), theirs.get(at)
        said = [
            in_words(question, each or "", language, instrument.default_language)
            for each in (before, their)
        ]
        doubt = doubted.get(at) or (found_now.get(at, "") if at in confirmed else "")
        warning = trouble.warnings.get(at, "") if trouble else ""
        found[at] = Beside(before, said[0], their, said[1], doubt, confirmed.get(at, ""), warning)
    return found


def _theirs(stored: Mapping[str, str], trouble: Trouble | None) -> dict[str, str]:
    """Give what somebody else wrote, where it differs from what was typed here."""
    if trouble is None or not trouble.changed_by:
        return {}
    both = {*stored, *(at for at in trouble.typed if "#" not in at)}
    mine = trouble.typed
    return {at: stored.get(at, "") for at in both if stored.get(at, "") != mine.get(at, "").strip()}
