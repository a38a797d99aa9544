"""Invent interviews with pupils, and code some of them. Nobody has said any of this."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from survey_app.actions import instruments, rounds
from survey_app.actions.calendar import today
from survey_app.actions.coding import schemes, segments, texts
from survey_app.actions.coding.schemes import Wording
from survey_app.actions.coding.segments import Chosen, Given
from survey_app.actions.coding.spans import Span
from survey_app.actions.interviews import answering, cases, consents
from survey_app.actions.interviews.answering import Sent
from survey_app.actions.interviews.cases import Facts
from survey_app.actions.interviews.consents import Agreed
from survey_app.actions.returns.scope import Viewer
from survey_app.demo.said import AREAS, CODES, TALKS, Talk
from survey_app.demo.sayings import more_talks
from survey_app.store.coding import Scheme, Valence
from survey_app.store.interviews import InterviewCase
from survey_app.store.models import Round

GUIDE = "intervju_elev"
SCHEME = "Elevintervjuer"


def interview(term: str, title: Mapping[str, str], interviewer: str, coder: str) -> str:
    """Open a round of interviews with pupils, hold some, code most of them, and give its name.

    Args:
        term: What the round's name ends with.
        title: What people read.
        interviewer: The account whose cases they are.
        coder: The account that codes them.
    """
    version = instruments.newest_version(GUIDE)
    rounds.create(f"elevintervjuer-{term}", version, title=dict(title))
    of = rounds.open_round(f"elevintervjuer-{term}")
    scheme_id = schemes.begin(SCHEME, coder)
    schemes.use(of, scheme_id)
    by_name = _codes(schemes.find(scheme_id), coder)
    for talk in (*TALKS, *more_talks()):
        case = _hold(rounds.find(of.name), talk, interviewer)
        for question, words, names, valence in talk.coded:
            _code(rounds.find(of.name), case, question, words, valence, coder,
                  frozenset(by_name[name] for name in names.split()))  # fmt: skip
        if talk.is_coded:
            texts.mark(case, coder, is_coded=True)
    return of.name


def _codes(scheme: Scheme, coder: str) -> Mapping[str, int]:
    made: dict[str, int] = {}
    for colour, (name, label) in enumerate(AREAS.items(), start=1):
        made[name] = schemes.add(scheme, Wording(name, label, colour=colour), coder)
    for name, (label, definition) in CODES.items():
        above = made[name.partition("_")[0]]
        own = Wording(name, label, definition, parent_id=above)
        made[name] = schemes.add(scheme, own, coder)
    return made


def _hold(of: Round, talk: Talk, interviewer: str) -> InterviewCase:
    viewer = Viewer(interviewer, sees_all=False)
    facts: dict[str, Any] = {"gender": talk.gender, "year_group": talk.year_group}
    facts |= {"district": talk.district, "recruited": "team", "language": "sv"}
    code = cases.add(of, Facts("elev", "booked", interviewer=interviewer, **facts), viewer)
    case = cases.find(of, code, viewer)
    signed = today() - timedelta(days=20)
    consents.record(case, Agreed(signed, "2026-1", person=True, is_15=True), interviewer)
    answers = {"vill_delta": "ja", **talk.answers, **talk.notes}
    wrong = answering.save(case, Sent(0, answers, is_done=True), interviewer)
    if wrong:
        raise ValueError(wrong)
    return case


def _code(
    of: Round, case: InterviewCase, question: str, words: str, valence: str, coder: str,
    codes: frozenset[int],
) -> None:  # fmt: skip
    note = next(each for each in texts.notes_of(case) if each.text.question == question)
    start = note.text.text.index(words)
    span = Span(start, start + len(words))
    chosen = Chosen(note.text.id, span, words)
    segments.add(of, chosen, Given(codes, Valence(valence)), coder)
