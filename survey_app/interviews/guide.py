"""The guide of one interview: its questions with what was noted, saved as often as one likes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from werkzeug.datastructures import MultiDict

from forms.browser import logic_of
from forms.instrument import Instrument
from forms.pages import PageForm, fill
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError
from survey_app.actions.instruments import instrument_of
from survey_app.actions.interviews import answering, cases, consents, devices
from survey_app.actions.interviews.answering import Sent
from survey_app.actions.interviews.errors import ConsentMissing, NamesSomebody
from survey_app.audience import Role, for_roles
from survey_app.collect.changing import (
    after_buttons,
    typed_in,
)
from survey_app.collect.reader import Reader, staff_reader
from survey_app.errors import sentence_of
from survey_app.interviews.blueprint import CASE, bp, viewer
from survey_app.interviews.words import saving_words
from survey_app.languages import spoken_in
from survey_app.staff_forms import UNPROCESSABLE
from survey_app.store.interviews import InterviewCase

REVISION, DONE = "_revision", "_done"


@dataclass(frozen=True, slots=True)
class Guide:
    """The page of one interview.

    Attributes:
        sentence: What is wrong with all of it.
        warned: Addresses of notes that may name somebody.
    """

    pages: tuple[PageForm, ...]
    reader: Reader
    revision: int
    sentence: str = ""
    warned: frozenset[str] = frozenset()

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Give id, label and sentence of each field that has to be mended."""
        for page in self.pages:
            for bound in page.questions():
                if bound.errors:
                    yield str(bound.id), bound.label_text, " ".join(bound.errors)


@bp.route(f"{CASE}/notes", methods=["GET", "POST"])
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def notes(round_name: str, code: str) -> ResponseReturnValue:
    """Show the guide with what was noted, and keep what is."""
    of = cases.find_round(round_name)
    case = cases.find(of, code, viewer())
    cases.refuse_erased(case)
    if not consents.holds(case):
        raise ConsentMissing
    if request.method == "POST":
        return _answer(case)
    kept = answering.find(case)
    typed = dict(kept.answers) if kept else None
    return _page(case, _guide(case, typed, kept.revision if kept else 0))


def _answer(case: InterviewCase) -> ResponseReturnValue:
    instrument, round_name, code = instrument_of(case.round.version_id), case.round.name, case.code
    sent = _sent(instrument)
    certain, likely = answering.named_in(instrument, sent.typed)
    problems = {at: gettext(NamesSomebody.sentence, piece=piece) for at, piece in certain.items()}
    sentence = ""
    try:
        problems = problems or answering.save(case, sent, current_user.email)
    except ActionError as error:
        sentence = sentence_of(error)
    if problems or sentence:
        guide = _guide(case, sent.typed, sent.revision, problems, sentence)
        return _page(case, guide), UNPROCESSABLE
    if likely:
        flash(gettext("Saved. Look at the marked notes: a number in them may be a personnummer."))
        kept = answering.find(case)
        revision = kept.revision if kept else 0
        guide = _guide(case, sent.typed, revision, warned=frozenset(likely))
        return _page(case, guide)
    flash(gettext("The notes are saved."))
    after = "interviews.case_detail" if sent.is_done else "interviews.notes"
    return redirect(url_for(after, round_name=round_name, code=code))


def _sent(instrument: Instrument) -> Sent:
    """Read the form; a button that adds or removes makes it a draft with something changed."""
    form = after_buttons(instrument, request.form)
    typed = typed_in(instrument, form)
    revision = form.get(REVISION, "")
    return Sent(int(revision) if revision.isdecimal() else 0, typed, DONE in form)


def _guide(
    case: InterviewCase,
    typed: Mapping[str, str] | None,
    revision: int,
    problems: Mapping[str, str] | None = None,
    sentence: str = "",
    warned: frozenset[str] = frozenset(),
) -> Guide:
    instrument, language = _instrument(case)
    posted = MultiDict(typed) if typed is not None else None
    filled = fill(instrument, language, posted, gettext=gettext, today=today())
    for bound in filled.fields():
        at = bound.name
        bound.errors = [problems[at]] if problems and at in problems else ()
    return Guide(filled.pages, staff_reader(language), revision, sentence, warned)


def _instrument(case: InterviewCase) -> tuple[Instrument, str]:
    instrument = instrument_of(case.round.version_id)
    return instrument, spoken_in(instrument)


def _page(case: InterviewCase, guide: Guide) -> str:
    instrument, language = _instrument(case)
    return render_template(
        "interviews/notes.html",
        round=case.round,
        case=case,
        guide=guide,
        interview=answering.find(case),
        logic=logic_of(instrument, language, gettext),
        place=_place(case, guide.revision),
    )


def _place(case: InterviewCase, revision: int) -> dict[str, object]:
    """Tell the script where the notes are saved, what stands there, and how they are locked."""
    kept = answering.find(case)
    return {
        "address": url_for("interviews.draft", round_name=case.round.name, code=case.code),
        "revision": revision,
        "base": dict(kept.answers) if kept else {},
        "done": bool(kept and kept.is_done),
        "lock": asdict(devices.lock_for(case, current_user.id)),
        "words": saving_words(),
    }
