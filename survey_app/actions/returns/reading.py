"""One return as a coordinator reads it before judging: each answer in words, with what is odd."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms import markup
from forms.addresses import instance, question_of, steps
from forms.instrument import Group, Instrument, Question, QuestionType
from forms.languages import text_in
from survey_app.actions.instruments import instrument_of
from survey_app.actions.returns.doubting import LEVEL, doubts
from survey_app.actions.returns.history import as_now, by_the_school, latest_before
from survey_app.actions.returns.placing import PUPIL, Unit
from survey_app.actions.returns.prefilling import NUMBER, REPEAT
from survey_app.actions.returns.valuing import in_words
from survey_app.languages import spoken
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.register import Milestone
from survey_app.store.returns import UnitReturn

UNSAID = (QuestionType.NOTE, QuestionType.HIDDEN)  # nobody answers them


@dataclass(frozen=True, slots=True)
class Line:
    """One answer.

    Attributes:
        words: The answer in words; "" when it was left empty.
        meaning: What the level means for this milestone.
        before: Last time's answer in words.
        doubt, why: What is implausible, and the team's explanation; "" when there is none.
    """

    label: str
    words: str
    meaning: str = ""
    before: str = ""
    doubt: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The answers under one heading."""

    title: str
    lines: tuple[Line, ...]


def sections_of(of: Round, unit: Unit, kept: UnitReturn) -> list[Section]:
    """Give what was asked and answered in the order of the page; what was not asked is left out."""
    return list(_Reader(of, unit, kept).sections())


def label_at(instrument: Instrument, address: str) -> str:
    """Name the question at an address in the reader's language, with its instances' numbers."""
    question = instrument.questions.get(question_of(address))
    if question is None:
        return address
    places = [str(number) for _, number in steps(address) if number]
    label = _plain(instrument, question)
    return f"{label} ({'.'.join(places)})" if places else label


def words_at(instrument: Instrument, address: str, value: str) -> str:
    """Say a value at an address in words."""
    question = instrument.questions.get(question_of(address))
    return in_words(question, value, spoken(), instrument.default_language) if question else value


def _plain(instrument: Instrument, of: Question | Group) -> str:
    """Give a label as plain text; the name when it has none."""
    text, _ = text_in(of.label, spoken(), instrument.default_language)
    return str(markup.inline_html(text).striptags()) or of.name


class _Reader:
    """Walks through the questionnaire beside what is stored."""

    def __init__(self, of: Round, unit: Unit, kept: UnitReturn) -> None:
        earlier, school = latest_before(of, unit), by_the_school(of, unit)
        self._instrument = instrument_of(kept.version_id)
        self._values, self._asked = kept.answers, frozenset(kept.asked)
        self._confirmed = kept.confirmed
        self._before = as_now(earlier, kept.answers)
        self._doubts: Mapping[str, str] = doubts(kept.answers, earlier, school)
        self._pupil = unit.code if unit.kind == PUPIL else ""

    def sections(self) -> Iterator[Section]:
        """Give the sections in order."""
        return self._within(self._instrument.root, "", "")

    def _within(self, group: Group, prefix: str, title: str) -> Iterator[Section]:
        lines: list[Line] = []
        for item in group.items:
            if isinstance(item, Question):
                lines += self._line(item, prefix)
                continue
            if lines:
                yield Section(title, tuple(lines))
                lines = []
            yield from self._group(item, prefix, title)
        if lines:
            yield Section(title, tuple(lines))

    def _group(self, group: Group, prefix: str, title: str) -> Iterator[Section]:
        own = _plain(self._instrument, group) if group.label else ""
        if not group.is_repeat:
            yield from self._within(group, prefix, own or title)
            return
        place = 1
        while self._has(at := instance(prefix, group.name, place) + "/"):
            milestone = self._milestone(at)
            named = f"{own} {milestone.number}: {milestone.text}" if milestone else f"{own} {place}"
            yield from self._within(group, at, named)
            place += 1

    def _has(self, prefix: str) -> bool:
        return any(at.startswith(prefix) for at in (*self._asked, *self._values))

    def _line(self, question: Question, prefix: str) -> Iterator[Line]:
        at = prefix + question.name
        if question.type in UNSAID or (at not in self._asked and at not in self._values):
            return
        value = self._values.get(at, "")
        yield Line(
            _plain(self._instrument, question),
            self._said(question, value),
            self._meaning(question, prefix, value),
            self._said(question, self._before.get(at, "")),
            self._doubts.get(at, ""),
            self._confirmed.get(at, ""),
        )

    def _said(self, question: Question, value: str) -> str:
        return in_words(question, value, spoken(), self._instrument.default_language)

    def _milestone(self, prefix: str) -> Milestone | None:
        number = self._values.get(prefix + NUMBER, "")
        if not (self._pupil and prefix.startswith(f"{REPEAT}[") and number.isdecimal()):
            return None
        return db.session.get(Milestone, (self._pupil, int(number)))

    def _meaning(self, question: Question, prefix: str, value: str) -> str:
        """Give the milestone's own words for a level; the pupil's own level has them too."""
        milestone = self._milestone(prefix) if question.name.startswith(LEVEL) else None
        return milestone.level_texts.get(value, "") if milestone and value else ""
