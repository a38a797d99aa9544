"""How many wrong codes are taken: counted by round and in all, never by who sends them.

Only codes that pass their check character and are none of the round's count: of the slips of
people one in nineteen does, of guesses all that cost anything. When the budget is spent, no code
is looked up until the minute is over, a right one neither: were right ones let in, guessing would
go on unhindered. So whoever guesses all the time can make pupils wait, and no more: their answers
stay on their device, and the next minute has a budget again. The other way round a guessed code
would let in an answer that nobody could ever find and take out. At 30 wrong codes a minute one
of 150 cards is guessed once in seven years of trying, one of 5,000 once in eleven weeks.

No address, browser or time of anybody is kept: one number for each round and minute, in memory.
"""

from __future__ import annotations

from limits import parse

from survey_app.actions.code_errors import TooManyWrongCodes
from survey_app.security import limiter

OF_A_ROUND = parse("30 per minute")
OF_ALL_ROUNDS = parse("120 per minute")
NAMESPACE = "wrong-codes"


def refuse_too_many(round_id: int) -> None:
    """Raise TooManyWrongCodes while the budget is spent."""
    limits = limiter.limiter
    if not limits.test(OF_A_ROUND, NAMESPACE, str(round_id)) or not limits.test(
        OF_ALL_ROUNDS, NAMESPACE
    ):
        raise TooManyWrongCodes


def count_wrong(round_id: int) -> None:
    """Count a code that the round does not have."""
    limits = limiter.limiter
    limits.hit(OF_A_ROUND, NAMESPACE, str(round_id))
    limits.hit(OF_ALL_ROUNDS, NAMESPACE)
