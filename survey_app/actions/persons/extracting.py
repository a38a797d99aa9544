"""All that stands about one person, as tables that can be read (article 15 of the GDPR)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select

from forms.instrument import Instrument
from survey_app.actions import trail
from survey_app.actions.instruments import instrument_of
from survey_app.actions.interviews.told import TOLD, told_of
from survey_app.actions.persons import finding
from survey_app.actions.persons.finding import Kind, Person
from survey_app.actions.register import importing
from survey_app.actions.returns.reading import label_at, words_at
from survey_app.actions.titles import title_of
from survey_app.store.coding import Code, Segment
from survey_app.store.database import db, writing
from survey_app.store.interviews import TRANSCRIPT, Interview, InterviewCase, InterviewText
from survey_app.store.models import Round
from survey_app.store.quotes import Quotation
from survey_app.store.returns import AuditEntry, UnitReturn
from survey_app.store.scans import ConsentScan
from survey_app.store.submissions import Submission

PUPIL_COLUMN = "elev"


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the file."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def extract(code: str, by: str) -> tuple[Person, Sequence[Section]]:
    """Gather all that stands about a pseudonym, and put on record that somebody asked.

    Raises:
        PersonUnknown: Nothing does.
    """
    person = finding.find(code)
    with writing():
        trail.record(by, "person.extract", finding.asked(person.code))
    gather = _of_case if person.kind is Kind.CASE else _of_pupil
    found = [*gather(person), _record(person)]
    return person, [each for each in found if each.rows]


def _of_pupil(person: Person) -> Iterator[Section]:
    for sheet in importing.whole_register().sheets:
        if PUPIL_COLUMN in sheet.headers:
            own = [each for each in sheet.rows if each.cells.get(PUPIL_COLUMN) == person.code]
            rows = [[each.cells.get(header, "") for header in sheet.headers] for each in own]
            title = gettext("The register: %(sheet)s", sheet=sheet.name)
            yield Section(title, sheet.headers, rows)
    wanted = select(UnitReturn, Round).join(Round, Round.id == UnitReturn.round_id)
    about = (UnitReturn.unit_kind == "pupil", UnitReturn.unit == person.code)
    for kept, of in db.session.execute(wanted.where(*about).order_by(UnitReturn.id)):
        yield _return(kept, of)
    sent = select(Submission, Round).join(Round, Round.id == Submission.round_id)
    for each, of in db.session.execute(sent.where(Submission.unit == person.code)):
        said = _said(instrument_of(each.version_id), each.answers)
        yield Section(title_of(of), _headers(), [*said, *_files(each)])


def _return(kept: UnitReturn, of: Round) -> Section:
    instrument = instrument_of(kept.version_id)
    about = {
        gettext("State"): kept.state,
        gettext("Saved"): f"{kept.saved_at:%Y-%m-%d}, {kept.saved_by}",
        gettext("Period"): kept.occasion or of.period or "",
        gettext("Reason"): kept.reason,
        gettext("Comment"): kept.comment,
    }
    why = [
        [gettext("Explanation: %(question)s", question=label_at(instrument, at)), text]
        for at, text in kept.confirmed.items()
    ]
    facts = [[name, text] for name, text in about.items() if text]
    return Section(title_of(of), _headers(), [*facts, *_said(instrument, kept.answers), *why])


def _of_case(person: Person) -> Iterator[Section]:
    case = db.session.scalars(select(InterviewCase).where(InterviewCase.code == person.code)).one()
    told = told_of(case)
    facts = [[gettext(label), told[name]] for name, label in TOLD.items() if told.get(name)]
    facts += [[gettext("Interviewer"), case.interviewer or ""], [gettext("State"), case.state]]
    yield Section(
        gettext("The interview: %(round)s", round=title_of(case.round)), _headers(), facts
    )
    if case.consent:
        columns = [
            column.key for column in case.consent.__table__.columns if column.key != "case_id"
        ]
        given = [[name, _plain(getattr(case.consent, name))] for name in columns]
        scan = db.session.get(ConsentScan, case.id)
        paper = [[gettext("Signed paper"), f"{scan.added_on}, {scan.added_by}"]] if scan else []
        yield Section(gettext("Consent"), _headers(), [*given, *paper])
    kept = db.session.get(Interview, case.id)
    if kept is None:
        return
    instrument = instrument_of(kept.version_id)
    yield Section(gettext("Answers and notes"), _headers(), _said(instrument, kept.answers))
    yield _texts(case, instrument)
    yield _passages(case)


def _texts(case: InterviewCase, instrument: Instrument) -> Section:
    wanted = select(InterviewText).where(InterviewText.case_id == case.id)
    found = db.session.scalars(wanted.order_by(InterviewText.question, InterviewText.number))
    rows = [
        [
            gettext("Transcript")
            if each.question == TRANSCRIPT
            else label_at(instrument, each.question),
            str(each.number),
            each.text,
        ]
        for each in found
    ]
    headers = [gettext("Question"), gettext("Version"), gettext("The text")]
    return Section(gettext("Texts, each version"), headers, rows)


def _passages(case: InterviewCase) -> Section:
    texts = select(InterviewText.id).where(InterviewText.case_id == case.id)
    labels = dict(db.session.execute(select(Code.id, Code.label)).all())
    coded = db.session.scalars(select(Segment).where(Segment.text_id.in_(texts))).all()
    quoted = db.session.scalars(select(Quotation).where(Quotation.text_id.in_(texts))).all()
    rows = [
        [each.words, ", ".join(labels[one.code_id] for one in each.given), each.memo]
        for each in coded
    ]
    rows += [[each.words, gettext("Quotation"), each.approved_words] for each in quoted]
    headers = [gettext("Passage"), gettext("Codes"), gettext("Note")]
    return Section(gettext("Coded passages and quotations"), headers, rows)


def _record(person: Person) -> Section:
    wanted = select(AuditEntry).where(person.entries(), AuditEntry.erased_by.is_(None))
    found = db.session.scalars(wanted.order_by(AuditEntry.number))
    rows = [
        [each.at[:16].replace("T", " "), each.actor, each.action, _details(each)] for each in found
    ]
    headers = [gettext("When"), gettext("Who"), gettext("What"), gettext("Details")]
    return Section(gettext("Record of changes"), headers, rows)


def _details(entry: AuditEntry) -> str:
    found: dict[str, object] = json.loads(entry.details)
    return "; ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in
                     found.items())  # fmt: skip


def _said(instrument: Instrument, answers: Mapping[str, str]) -> list[list[str]]:
    return [[label_at(instrument, at), words_at(instrument, at, value)]
            for at, value in answers.items()]  # fmt: skip


def _files(sent: Submission) -> list[list[str]]:
    return [[gettext("Sent"), f"{sent.submitted_at:%Y-%m-%d}"]]


def _headers() -> Sequence[str]:
    return gettext("What"), gettext("Answer")


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return "" if value is None else str(value)
