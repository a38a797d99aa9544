"""What a file says about itself, besides its codebook and rows."""

from __future__ import annotations

from dataclasses import dataclass

from exports.disclosure.rules import RULE_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Facts that the exporter cannot know, as texts in the reader's language.

    Attributes:
        title: Of the round, or of the questionnaire when the file has all its rounds.
        questionnaire: The questionnaire's title; "" when it is the file's own.
        round_name: The round that the responses belong to; "" for all rounds.
        state: Whether the round is open, closed or released.
        period: Its dates, or what it covers.
        note: What a reader must know before all else; "" for nothing.
        is_settled: Whether the file has one round, which takes no more answers.
        rule_version: Of the disclosure rules behind the summaries.
    """

    title: str
    questionnaire: str = ""
    round_name: str = ""
    state: str = ""
    period: str = ""
    note: str = ""
    is_settled: bool = False
    rule_version: str = RULE_VERSION
