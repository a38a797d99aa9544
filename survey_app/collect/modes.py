"""What each mode may do: who may open a questionnaire, and what is kept with the answers."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from forms.answers import Answers
from forms.instrument import Mode
from survey_app.actions import codes, guesses, responses, rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import CodeUnknown, RoundUnknown
from survey_app.collect.visits import Visit


class ModePolicy(Protocol):
    """The differences between modes, so that they can share everything else."""

    def refuse_unless_open(self, visit: Visit) -> None:
        """Raise an ActionError when the visitor may not answer now."""

    def keep(
        self, visit: Visit, answers: Answers, response_id: UUID | None, code: str | None
    ) -> None:
        """Store the answers with what the mode allows beside them."""


class Trial:
    """The author of a draft tries it out; nothing is stored."""

    def refuse_unless_open(self, visit: Visit) -> None:
        """Refuse nothing: who may see the draft was asked before."""

    def keep(
        self, visit: Visit, answers: Answers, response_id: UUID | None, code: str | None
    ) -> None:
        """Forget the answers."""


class AnonymousSurvey:
    """Anyone with the address may answer; nothing stored leads back to a person."""

    def refuse_unless_open(self, visit: Visit) -> None:
        """Refuse a round that is not open; one of another mode is not found here at all."""
        if visit.instrument.mode is not Mode.ANONYMOUS:
            raise RoundUnknown(round=visit.round.name)
        rounds.refuse_unless_open(visit.round.name, visit.round.state_on(today()))

    def keep(
        self, visit: Visit, answers: Answers, response_id: UUID | None, code: str | None
    ) -> None:
        """Store the answers alone: not the language, not the time, not the visitor."""
        of = visit.round
        if code is None:
            responses.store(of.id, of.version_id, answers, response_id)
            return
        guesses.refuse_too_many(of.id)
        try:
            code_hash = codes.hash_of(of.id, code)
            responses.store(of.id, of.version_id, answers, response_id, code_hash)
        except CodeUnknown:
            guesses.count_wrong(of.id)
            raise
