"""What can go wrong in an action: each error is one sentence for whoever asked."""

from __future__ import annotations

from typing import Any, ClassVar

from forms.marking import N_


class ActionError(Exception):
    """Something was asked for that cannot be done.

    Attributes:
        sentence: The English sentence with named gaps, for gettext.
        to_respondents: What those who answer read instead; they do not know a round's name.
        gaps: What fills the gaps.
        status: The HTTP status of its page.
        refusal: One word for the page's script about why answers were not taken; "" for none.
        retry_after: After so many seconds it may be tried again; 0 when that would not help.
    """

    sentence: ClassVar[str]
    to_respondents: ClassVar[str] = ""
    status: ClassVar[int] = 400
    refusal: ClassVar[str] = ""
    retry_after: ClassVar[int] = 0

    def __init__(self, **gaps: Any) -> None:
        super().__init__(self.sentence % gaps)
        self.gaps = gaps


class RoundUnknown(ActionError):
    """No round has that name."""

    sentence = N_('There is no round "%(round)s". Check the spelling.')
    to_respondents = N_(
        "There is no questionnaire at this address. Check that it is written exactly as you "
        "were given it."
    )
    status = 404


class InstrumentUnknown(ActionError):
    """No instrument, published or built in, has that name."""

    sentence = N_('There is no questionnaire "%(instrument)s". Check the spelling.')
    status = 404


class DraftUnknown(ActionError):
    """No draft of the account has that id any more."""

    sentence = N_(
        "There is no such draft. It may have been published already; drafts are kept for seven "
        "days. Upload the workbook again."
    )
    status = 404


class DraftHasErrors(ActionError):
    """A draft was to be published although something must be mended."""

    sentence = N_(
        "The workbook has errors and cannot be published. Mend them, and upload it again."
    )
    status = 409


class NotOneWorkbook(ActionError):
    """An upload has no workbook, or several."""

    sentence = N_("Choose one Excel workbook (.xlsx), and the pictures and CSV files it uses.")


class NothingToExport(ActionError):
    """The name is neither a round's nor that of an instrument with rounds."""

    sentence = N_(
        'There is neither a round "%(name)s" nor a round of a questionnaire "%(name)s". '
        "Check the spelling."
    )
    status = 404


class RoundNotYetOpen(ActionError):
    """The round takes no answers yet."""

    sentence = N_('The round "%(round)s" has not opened yet. Come back when it has.')
    to_respondents = N_("The questionnaire has not opened yet. Come back later.")
    status = 410


class RoundClosed(ActionError):
    """The round takes no more answers."""

    sentence = N_('The round "%(round)s" is closed and takes no more answers.')
    to_respondents = N_("The questionnaire is closed and takes no more answers.")
    status = 410


class RoundNameTaken(ActionError):
    """Another round has that name."""

    sentence = N_('There is a round "%(round)s" already. Choose another name.')
    status = 409


class RoundNameInvalid(ActionError):
    """The name cannot stand in an address."""

    sentence = N_(
        'The name "%(round)s" cannot be used. Use small letters a–z, digits and hyphens, '
        "at most 64 characters."
    )


class RoundDatesInvalid(ActionError):
    """The dates are not in order, or the round would be over before it began."""

    sentence = N_(
        "The dates do not fit together. The round must open on or before the day it is due, "
        "be due on or before its last day, and its last day may not have passed."
    )


class RoundPeriodInvalid(ActionError):
    """A round of returns lacks its period, or has one of another kind."""

    sentence = N_(
        "“%(period)s” is no period that this questionnaire can be about. Write a month as 2026-10 "
        "(not July), a term as ht-2026 or vt-2026, a year as 2026. A questionnaire that is no "
        "return, or follows each pupil's own dates, has none: leave it empty."
    )


class RoundStaysClosed(ActionError):
    """Opening an anonymous round again would show whose answer is new."""

    sentence = N_(
        'The round "%(round)s" is anonymous and its answers can be read since it was closed. '
        "If it were opened again, anyone could see which answers are new. Start another round."
    )
    status = 409


class RoundStillOpen(ActionError):
    """The answers cannot be read yet."""

    sentence = N_(
        'The round "%(round)s" is still open. Answers become readable when the round is closed, '
        "so that nobody can see whose arrived when."
    )
    status = 409


class AnswersWithheld(ActionError):
    """So few have answered an anonymous round that their answers are not shown."""

    sentence = N_(
        'Fewer than %(least)s have answered "%(round)s". Their answers are not shown: whoever '
        "knows who answered could guess who wrote what."
    )
    status = 409


class CodeMissing(ActionError):
    """The round asks for an entry code, and none came along."""

    to_respondents = sentence = N_("Write the code that is on your card.")
    status = 403
    refusal = "code"


class CodeUnknown(ActionError):
    """The round has no such entry code."""

    to_respondents = sentence = N_(
        "There is no such code. Compare it with your card, one letter at a time. If it is right, "
        "ask an adult for another card."
    )
    status = 403
    refusal = "code"


class CodeUsed(ActionError):
    """Somebody has answered with the entry code already."""

    to_respondents = sentence = N_(
        "Somebody has answered with this code already. Each card works once. Ask an adult for "
        "another card."
    )
    status = 409
    refusal = "code"


class StorageUnavailable(ActionError):
    """The answer could not be kept just now; nothing was stored."""

    sentence = N_("The answer could not be saved just now. Wait a moment and send it again.")
    status = 503


class AccountTaken(ActionError):
    """The address has an account already."""

    sentence = N_("There is an account for %(email)s already.")
    status = 409


class SchoolUnknown(ActionError):
    """The register has no school with that code."""

    sentence = N_('The register has no school "%(school)s". Import the register first.')
    status = 404


class DistrictCodeUnknown(ActionError):
    """The register has no district with that code today."""

    sentence = N_(
        'The register has no district "%(district)s" today. Its codes are these: %(districts)s.'
    )
    status = 404


class EmailInvalid(ActionError):
    """The text is no e-mail address."""

    sentence = N_('"%(email)s" is not an e-mail address.')


class SeveralVersions(ActionError):
    """The rounds of an instrument asked versions that cannot share a file."""

    sentence = N_(
        'The versions of "%(instrument)s" mean different things by the same names: %(questions)s. '
        "Export the rounds one by one."
    )
    status = 409


class XFormRefused(ActionError):
    """The questionnaire cannot be written for devices."""

    sentence = N_(
        "%(detail)s For this reason the questionnaire could not be written for ODK Collect, and "
        'the round "%(round)s" was not opened.'
    )
    status = 409


class AccountUnknown(ActionError):
    """Nobody has that e-mail address."""

    sentence = N_("There is no account for %(email)s.")
    status = 404


class TokenNameTaken(ActionError):
    """The account has a device or a key of that name."""

    sentence = N_('There is one called "%(name)s" already. End it, or choose another name.')
    status = 409


class TokenUnknown(ActionError):
    """The account has no device of that name."""

    sentence = N_('There is no device "%(name)s". Check the spelling.')
    status = 404


class LanguageUnknown(ActionError):
    """The language is none of those that have to be approved, or there is no such text."""

    sentence = N_('There is nothing to approve in the language "%(language)s". Check the spelling.')
    status = 404


class LanguageIncomplete(ActionError):
    """Some texts of a language are missing."""

    sentence = N_(
        "%(missing)s texts are not translated yet (%(language)s). A language can be approved when "
        "it has all its texts."
    )
    status = 409


class SignerMissing(ActionError):
    """Nobody says who has read the texts."""

    sentence = N_("Write who has read the texts.")
