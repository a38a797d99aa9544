"""What can go wrong with interviews."""

from __future__ import annotations

from typing import ClassVar

from forms.marking import N_
from survey_app.actions.errors import ActionError


class CaseUnknown(ActionError):
    """The round has no such case, or it is another interviewer's."""

    sentence = N_("There is no such case, or it is another interviewer's.")
    status: ClassVar[int] = 404


class CaseWithdrawn(ActionError):
    """The consent was taken back and everything is erased."""

    sentence = N_("The consent has been withdrawn and everything is erased. Nothing can be added.")
    status: ClassVar[int] = 409


class CaseSettled(ActionError):
    """A case with answers is done."""

    sentence = N_("The interview is done. Only its notes can be corrected.")
    status: ClassVar[int] = 409


class ConsentMissing(ActionError):
    """Answers were to be kept without a consent that is enough."""

    sentence = N_("Write down the consent first: without it no answer may be kept.")
    status: ClassVar[int] = 409


class ConsentInsufficient(ActionError):
    """Not everybody has agreed who has to."""

    status: ClassVar[int] = 422
    sentence = N_("Not everybody has agreed who has to.")


class PersonMustAgree(ConsentInsufficient):
    """The person has not agreed."""

    sentence = N_(
        "Whoever is interviewed must have agreed. A pupil under 15 has to be told, and to be "
        "willing."
    )


class AgeMissing(ConsentInsufficient):
    """It is not known whether a pupil decides alone."""

    sentence = N_("Say whether the pupil is 15 years old: from then on the pupil decides alone.")


class GuardiansMissing(ConsentInsufficient):
    """A pupil under 15 lacks a guardian's signature."""

    sentence = N_(
        "Under 15 years both guardians must have signed, or the one who has sole custody."
    )


class DayInFuture(ConsentInsufficient):
    """Nobody has signed tomorrow."""

    sentence = N_("The day it was signed cannot lie ahead.")


class NamesSomebody(ActionError):
    """A text holds a personnummer, a telephone number or an address."""

    sentence = N_("“%(piece)s” names somebody, and is not saved. Write it without.")
    status: ClassVar[int] = 422


class InterviewChanged(ActionError):
    """Somebody else saved in between; nothing was overwritten."""

    sentence = N_(
        "%(account)s has changed these notes in the meantime. Nothing was overwritten: copy what "
        "you wrote, reload the page and add it there."
    )
    status: ClassVar[int] = 409


class QuotaTaken(ActionError):
    """The sample has a row for this already."""

    sentence = N_("The sample has a row for this already. Remove it first.")
    status: ClassVar[int] = 409


class InterviewDone(ActionError):
    """Notes of an interview that is done were to be saved by themselves."""

    sentence = N_("The interview is done: press the button to save a correction.")
    status: ClassVar[int] = 409


class ScanRefused(ActionError):
    """A file cannot be the scan of a consent."""

    sentence = N_(
        "The file cannot be kept. Choose a PDF, or a picture as PNG, JPEG or WebP, of at most "
        "%(limit)s MB."
    )
    status: ClassVar[int] = 422


class InterviewNotBegun(ActionError):
    """A transcript came before the notes."""

    sentence = N_("Begin the interview's notes first: they say that the person takes part.")
    status: ClassVar[int] = 409


class TranscriptUnreadable(ActionError):
    """A file or a text cannot be a transcript."""

    sentence = N_("The transcript cannot be read. %(why)s")
    status: ClassVar[int] = 422


class TranscriptChanged(ActionError):
    """Somebody else saved in between; nothing was overwritten."""

    sentence = N_(
        "Somebody else has changed the transcript in the meantime. Nothing was overwritten: open "
        "the page again and look at both."
    )
    status: ClassVar[int] = 409
