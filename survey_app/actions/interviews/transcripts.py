"""What was said word by word: a text beside the notes of an interview, versioned and coded as they.

It is no answer to a question: its address is one that no questionnaire has. Whoever corrects the
notes leaves it alone, and with the consent it is erased like them.
"""

from __future__ import annotations

from forms.personal import find_personal, possible_names
from forms.reading.documents import BadTranscript, read_transcript, tidy
from survey_app.actions import trail
from survey_app.actions.coding import carrying
from survey_app.actions.interviews import consents
from survey_app.actions.interviews.cases import refuse_erased, refuse_names
from survey_app.actions.interviews.errors import (
    ConsentMissing,
    InterviewNotBegun,
    TranscriptChanged,
    TranscriptUnreadable,
)
from survey_app.store.database import db, writing
from survey_app.store.interviews import TRANSCRIPT, Interview, InterviewCase, InterviewText


def read(data: bytes) -> str:
    """Give the paragraphs of an uploaded file, one on each line.

    Raises:
        TranscriptUnreadable: It is no text, too large, or holds macros.
    """
    try:
        return read_transcript(data)
    except BadTranscript as error:
        raise TranscriptUnreadable(why=error.sentence) from error


def newest(case: InterviewCase) -> InterviewText | None:
    """Find an interview's transcript as it stands now."""
    found = db.session.query(InterviewText).filter_by(case_id=case.id, question=TRANSCRIPT)
    return found.order_by(InterviewText.number.desc()).first()


def suspects_in(text: str) -> list[str]:
    """Give pieces to look at: numbers that may be a personnummer, and words that may be names."""
    likely = [text[f.start : f.end] for f in find_personal(text) if not f.is_certain]
    return list(dict.fromkeys([*likely, *possible_names(text)]))


def keep(case: InterviewCase, text: str, number: int, account: str) -> None:
    """Keep a transcript; "" takes it away.

    Args:
        number: Of the version that the page showed; 0 for none.

    Raises:
        CaseWithdrawn, ConsentMissing: Nothing may be kept.
        InterviewNotBegun: There are no answers yet, so nobody has said yes in the guide either.
        TranscriptUnreadable: It has too many words.
        TranscriptChanged: Somebody else saved in between.
        NamesSomebody: A piece leads to a person.
    """
    refuse_erased(case)
    if not consents.holds(case):
        raise ConsentMissing
    tidied = _tidied(text)
    refuse_names(tidied)
    case_id, subject = case.id, consents.subject_of(case)
    with writing():
        refuse_erased(db.session.get_one(InterviewCase, case_id))
        if db.session.get(Interview, case_id) is None:
            raise InterviewNotBegun
        kept = newest(case)
        if (kept.number if kept else 0) != number:
            raise TranscriptChanged
        carrying.keep_version(case_id, TRANSCRIPT, tidied)
        trail.record(account, "transcript.keep", subject)


def _tidied(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return tidy(text)
    except BadTranscript as error:
        raise TranscriptUnreadable(why=error.sentence) from error
