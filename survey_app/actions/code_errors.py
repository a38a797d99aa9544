"""What can go wrong with entry codes, beside what the tables say of one."""

from __future__ import annotations

from forms.marking import N_
from survey_app.actions.errors import ActionError


class RoundNotAnonymous(ActionError):
    """Codes let people in who stay unknown; elsewhere everybody is known."""

    sentence = N_(
        'The round "%(round)s" is not anonymous: those who answer it log in, and need no codes.'
    )
    status = 409


class CodesNotAsked(ActionError):
    """The round takes answers without codes, and that stays so."""

    sentence = N_(
        'The round "%(round)s" takes answers without codes. Whether it asks for them is decided '
        "when it is made: plan another round that does."
    )
    status = 409


class CodeCountInvalid(ActionError):
    """So many codes are not made at once."""

    sentence = N_("Choose a number from 1 to %(most)s.")


class DistrictInvalid(ActionError):
    """The district's name does not fit."""

    sentence = N_("Use at most %(most)s characters for the district.")


class DistrictUnknown(ActionError):
    """The register has districts, and this is none of them."""

    sentence = N_(
        '"%(district)s" is not a district in the register. Choose one of these: %(districts)s.'
    )


class CodesMadeMeanwhile(ActionError):
    """The page was loaded again, or its button pressed twice: nobody wants the cards twice."""

    sentence = N_(
        "Cards have been made since this page was opened, so no more were made now. Look at the "
        "numbers. If the cards were not printed, make new ones: codes are shown only once."
    )
    status = 409


class CodeMistyped(ActionError):
    """What was typed can be no code."""

    to_respondents = sentence = N_(
        "The code is not quite right. Compare it with your card, one letter at a time."
    )
    status = 422
    refusal = "code"


class TooManyWrongCodes(ActionError):
    """Somebody may be guessing: nobody's code is looked up for a while."""

    to_respondents = sentence = N_(
        "Too many wrong codes have come in just now. Wait a minute, and send again. Everything "
        "you answered is still here."
    )
    status = 429
    retry_after = 60
