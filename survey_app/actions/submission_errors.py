"""Why a device's form was not taken: sentences that its owner reads on the device."""

from __future__ import annotations

from typing import ClassVar

from forms.marking import N_
from survey_app.actions.errors import ActionError


class SubmissionUnreadable(ActionError):
    """It is no filled-in form of ours."""

    sentence: ClassVar[str] = N_("%(reason)s The form was not taken, and stays on the device.")
    status = 400


class SubmissionInvalid(ActionError):
    """An answer is missing, or is none that the question takes."""

    sentence: ClassVar[str] = N_(
        "%(reasons)s The form was not taken, and stays on the device. Change these answers and "
        "send it again."
    )
    status = 400


class VersionOutdated(ActionError):
    """It was filled in with another version than the round asks."""

    sentence: ClassVar[str] = N_(
        "The form was not taken, and stays on the device: it is of another version than "
        '"%(round)s" asks. Fetch the blank form again.'
    )
    status = 409


class SubmissionChanged(ActionError):
    """Another form of the same id is stored."""

    sentence: ClassVar[str] = N_(
        "The form was not taken, and stays on the device: another form with the same id was "
        "sent before."
    )
    status = 409


class AttachmentRefused(ActionError):
    """A file is of a kind or size that is not kept."""

    sentence: ClassVar[str] = N_(
        'The form was not taken, and stays on the device: the file "%(name)s" cannot be kept. '
        "Pictures may be PNG, JPEG or WebP, documents PDF, and each at most %(limit)s MB."
    )
    status = 400


class CasesInterviewedHere(ActionError):
    """The round's interviews belong to cases, and a device's form belongs to none."""

    sentence: ClassVar[str] = N_(
        "The form was not taken, and stays on the device: the interviews of this round belong to "
        "cases with a consent on record. Open the case in a browser and write the notes there."
    )
    status = 409
