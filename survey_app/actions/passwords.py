"""Which passwords people may choose."""

from __future__ import annotations

import re

from zxcvbn import zxcvbn

from survey_app.actions.account_errors import PasswordTooCommon, PasswordTooShort
from survey_app.actions.guessable_words import guessable, is_made_of_them

LEAST_LENGTH = 12
LEAST_SCORE = 3  # of zxcvbn's 0-4: more than a hundred million guesses
WEIGHED = 72  # characters; more only take time


def refuse_weak(password: str, email: str) -> None:
    """Refuse what can be guessed.

    Args:
        email: The account's address, whose parts make a weak password.

    Raises:
        PasswordTooShort: It can be tried out.
        PasswordTooCommon: It stands in lists, or is made of what does.
    """
    if len(password) < LEAST_LENGTH:
        raise PasswordTooShort(least=LEAST_LENGTH)
    if is_made_of_them(password):
        raise PasswordTooCommon
    parts = re.split(r"[@.\-_]", email)
    known = [*guessable(), email, "".join(parts), *parts]
    if zxcvbn(password[:WEIGHED], user_inputs=known)["score"] < LEAST_SCORE:
        raise PasswordTooCommon
