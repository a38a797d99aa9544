"""Write stored responses as coded files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from flask_babel import format_date, gettext
from sqlalchemy import select

from exports.about import About
from exports.codebook import codebook_of
from exports.coding import Response as Coded
from exports.errors import ConflictingVersions
from exports.table import Record, Table, wide_table
from exports.writers import FORMATS
from forms.instrument import Instrument, Mode
from forms.languages import Texts, text_in
from survey_app.actions import releases
from survey_app.actions.calendar import today
from survey_app.actions.errors import NothingToExport, SeveralVersions
from survey_app.actions.instruments import instrument_of
from survey_app.actions.interviews.rows import (
    StoredInterviews,
    has_interviews,
    with_case,
)
from survey_app.actions.interviews.said import said_in
from survey_app.actions.released_rows import (
    DISTRICT,
    StoredResponses,
    has_districts,
    with_district,
)
from survey_app.actions.returns.rows import StoredReturns, unexpected_note, with_register
from survey_app.actions.submitted_rows import (
    StoredSubmissions,
    free_name,
    sending_names,
    with_sending,
)
from survey_app.languages import spoken
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import InstrumentVersion, Response, Round, RoundState
from survey_app.store.submissions import Submission

Target = str | Path | BinaryIO


Watch = Callable[[Iterator[Record]], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class _Watched:
    """Rows that somebody looks at as they go by, read anew each time."""

    records: Iterable[Record]
    watch: Watch

    def __iter__(self) -> Iterator[Record]:
        """Begin at the first row."""
        return self.watch(iter(self.records))


@dataclass(frozen=True, slots=True)
class _InTurn:
    """Several sources of rows one after the other, each read anew each time."""

    sources: Sequence[Iterable[Coded]]

    def __iter__(self) -> Iterator[Coded]:
        """Yield from each in turn."""
        for source in self.sources:
            yield from source


def write_round(of: Round, file_format: str, target: Target, *, watch: Watch | None = None) -> int:
    """Write one round's responses, of whatever version each is.

    Args:
        of: The round; whether it may be read is the caller's question.
        file_format: A key of `exports.writers.FORMATS`.
        target: Where to.
        watch: Is given the rows as they are read, and gives them on.

    Returns:
        How many responses were written.

    Raises:
        SeveralVersions: They contradict each other.
    """
    releases.release_ended()
    instrument = instrument_of(of.version_id)
    about = About(
        title=_text(of.title, instrument),
        questionnaire=_text(instrument.title, instrument),
        round_name=of.name,
        state=_state_word(of.state_on(today())),
        period=_period(of),
        note=_note([of]),
        is_settled=of.state_on(today()) is RoundState.CLOSED,
    )
    return _write([of], about, file_format, target, watch)


def write_instrument(name: str, file_format: str, target: Target) -> int:
    """Write the responses of all rounds of an instrument, under one codebook of all versions.

    Raises:
        NothingToExport: No round ever collected it.
        SeveralVersions: Its rounds asked versions that contradict each other.
    """
    releases.release_ended()
    rounds = queries.rounds_of(name)
    if not rounds:
        raise NothingToExport(name=name)
    newest = instrument_of(max(each.version_id for each in rounds))
    about = About(title=_text(newest.title, newest), note=_note(rounds))
    return _write(rounds, about, file_format, target)


def notes_on(rounds: Sequence[Round]) -> Sequence[str]:
    """Say what a file of these rounds' returns has or lacks because the register has changed.

    A workbook says it in `Läs mig`; files without such a sheet need it said beside them.
    """
    return unexpected_note(each for each in rounds if each.mode == Mode.RETURN)


def coded(rounds: Sequence[Round], passed: int = 0) -> Table:
    """Give the responses of some rounds of an instrument as coded rows, read anew each time.

    Args:
        rounds: Whose.
        passed: So many of the first responses are passed over; then the rows are read once.

    Raises:
        SeveralVersions: They asked versions that contradict each other.
    """
    stored, versions = _rows(rounds)
    try:
        titles = {each.name: each.title for each in sorted(rounds, key=lambda each: each.id)}
        codebook = codebook_of(*versions, rounds=titles)
    except ConflictingVersions as error:
        raise several_versions(rounds, error) from error
    return wide_table(codebook, _after(stored, passed) if passed else stored, passed + 1)


def _after(stored: Iterable[Coded], passed: int) -> Iterable[Coded]:
    """Pass rows over; returns, of which there are most, without coding them."""
    if isinstance(stored, _InTurn) and isinstance(stored.sources[0], StoredReturns):
        entered, passed = stored.sources[0].after(passed)
        stored = _InTurn((entered, _InTurn(stored.sources[1:])))
    return islice(stored, passed, None)


def several_versions(rounds: Sequence[Round], error: ConflictingVersions) -> SeveralVersions:
    """Say which questions of some rounds contradict each other."""
    questions = ", ".join(dict.fromkeys(change.name for change in error.conflicts))
    return SeveralVersions(instrument=rounds[0].version.name, questions=questions)


def answered_versions(of: Round) -> Mapping[int, Instrument]:
    """Give the versions that an anonymous round asked, as its coded file calls them."""
    return _versions([of], (of.id,), Response)


def _write(
    rounds: Sequence[Round],
    about: About,
    file_format: str,
    target: Target,
    watch: Watch | None = None,
) -> int:
    write = FORMATS[file_format].write
    table = coded(rounds)
    if watch:
        table = Table(table.codebook, _Watched(table.records, watch))
    return write(table, target, language=spoken(), about=about, gettext=gettext)


def _rows(rounds: Sequence[Round]) -> tuple[Iterable[Coded], Sequence[Instrument]]:
    """Give what was answered, and its versions with what is told beside the answers."""
    ids = {each.id: each.name for each in rounds}
    mode = rounds[0].mode
    found = _versions(rounds, tuple(ids), Response if mode == Mode.ANONYMOUS else Submission)
    labels = {version_id: version.version for version_id, version in found.items()}
    versions = list(found.values())
    if mode == Mode.ANONYMOUS:
        name = free_name(DISTRICT, versions) if has_districts(ids) else None
        told = [with_district(each, name) for each in versions] if name else versions
        return StoredResponses(ids, labels, name), told
    names = sending_names(versions)
    sent = StoredSubmissions(ids, labels, names)
    if mode == Mode.RETURN:
        entered = StoredReturns({each.id: each for each in rounds}, labels)
        told = [with_sending(with_register(each), names) for each in versions]
        return _InTurn((entered, sent)), told
    if not has_interviews(ids):
        return sent, [with_sending(each, names) for each in versions]
    said = said_in(rounds)
    told = [with_sending(with_case(each, said), names) for each in versions]
    return _InTurn((StoredInterviews(ids, labels, said), sent)), told


def _versions(
    rounds: Sequence[Round], round_ids: tuple[int, ...], kept: type[Response | Submission]
) -> dict[int, Instrument]:
    """Give the versions that the rounds ask or were answered under, the oldest first, by id.

    A version is called what its author called it, with its number when another one is called so.
    """
    answered = select(kept.version_id).where(kept.round_id.in_(round_ids)).distinct()
    return versions_by_id({each.version_id for each in rounds} | set(db.session.scalars(answered)))


def versions_by_id(ids: Collection[int]) -> dict[int, Instrument]:
    """Give some versions of an instrument, the oldest first, as a coded file calls them."""
    wanted = select(InstrumentVersion).where(InstrumentVersion.id.in_(ids))
    found = db.session.scalars(wanted.order_by(InstrumentVersion.number)).all()
    labels = Counter(version.label for version in found)
    return {
        version.id: instrument_of(version.id)
        if labels[version.label] == 1
        else replace(instrument_of(version.id), version=f"{version.label} ({version.number})")
        for version in found
    }


def _text(texts: Texts, instrument: Instrument) -> str:
    return text_in(texts, spoken(), instrument.default_language)[0]


def _state_word(state: RoundState) -> str:
    words = {
        RoundState.PLANNED: gettext("Planned"),
        RoundState.OPEN: gettext("Open"),
        RoundState.CLOSED: gettext("Closed"),
    }
    return words[state]


def _note(rounds: Sequence[Round]) -> str:
    """Say what of the rounds is not in the file yet, or (any more), and where few answered."""
    anonymous = [each for each in rounds if each.mode == Mode.ANONYMOUS]
    open_ones = [each.name for each in anonymous if each.state_on(today()) is RoundState.OPEN]
    small = [
        each.name for each in anonymous if releases.is_small(each, queries.response_count(each.id))
    ]
    return " ".join([*_waiting_note(open_ones), *_small_note(small), *notes_on(rounds)])


def _waiting_note(names: Sequence[str]) -> Sequence[str]:
    if not names:
        return []
    return [
        gettext(
            "These rounds are anonymous and still open: %(rounds)s. The file has only those of "
            "their answers that have been released; a few may wait until others can be released "
            "with them, or until the round ends.",
            rounds=", ".join(names),
        )
    ]


def _small_note(names: Sequence[str]) -> Sequence[str]:
    if not names:
        return []
    return [
        gettext(
            "So few have answered %(rounds)s that whoever knows them may guess who wrote what. "
            "Show this file to nobody who knows the respondents.",
            rounds=", ".join(names),
        )
    ]


def _period(of: Round) -> str:
    if of.opens and of.locks:
        return f"{format_date(of.opens, 'long')} – {format_date(of.locks, 'long')}"
    if of.opens:
        return gettext("from %(day)s", day=format_date(of.opens, "long"))
    last = of.locks or of.due
    return gettext("until %(day)s", day=format_date(last, "long")) if last else ""
