"""A round of interviews with a scheme of two areas, and passages given codes."""

from __future__ import annotations

from dataclasses import dataclass

from survey_app.actions import rounds
from survey_app.actions.coding import schemes, segments, texts
from survey_app.actions.coding.schemes import Wording
from survey_app.actions.coding.segments import Chosen, Given
from survey_app.actions.coding.spans import Span
from survey_app.actions.interviews import answering
from survey_app.actions.interviews.answering import Sent
from survey_app.store.coding import Scheme, Segment, Valence
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase, InterviewText
from survey_app.store.models import Round
from tests.survey_app.actions.interviews.people import ANNA, make_talks

CODER = "coder@demo.example"


@dataclass(frozen=True)
class Coded:
    """A round, and its codes by name."""

    of: Round
    scheme: Scheme
    codes: dict[str, int]

    def give(
        self, case: InterviewCase, words: str, *names: str, by: str = CODER, valence: str = ""
    ) -> int:
        """Give the first place where words stand codes."""
        note = next(each for each in texts.notes_of(case) if words in each.text.text)
        start = note.text.text.index(words)
        given = Given(frozenset(self.codes[name] for name in names), Valence(valence))
        span = Span(start, start + len(words))
        return segments.add(rounds.find("talks"), Chosen(note.text.id, span), given, by)


def make_coded(*more: str) -> Coded:
    """Open a round that is coded by areas and codes; needs an app context."""
    of = make_talks()
    scheme_id = schemes.begin("Elever", CODER)
    schemes.use(of, scheme_id)
    scheme = schemes.find(scheme_id)
    codes: dict[str, int] = {}
    for name in ("rel", "rel_tillit", "rel_byte", "eff", *more):
        above = codes.get(name.partition("_")[0])
        codes[name] = schemes.add(scheme, Wording(name, name.capitalize(), parent_id=above), CODER)
    return Coded(rounds.find("talks"), scheme, codes)


def correct(case: InterviewCase, **notes: str) -> None:
    """Save corrected notes of an interview."""
    found = answering.find(case)
    assert found
    typed = {name: text for name, text in {"takes": "1", **notes}.items() if text}
    assert answering.save(case, Sent(found.revision, typed), ANNA) == {}


def standing(segment_id: int) -> tuple[str, int]:
    """Give the words of a passage and the version of the note that it stands in."""
    segment = db.session.get_one(Segment, segment_id)
    return segment.words, segment.text.number


def versions() -> list[tuple[str, int]]:
    """Give the versions of notes that are kept."""
    found = db.session.query(InterviewText).order_by(InterviewText.question, InterviewText.number)
    return [(each.question, each.number) for each in found]
