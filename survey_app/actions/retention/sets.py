"""The kinds of data that have a rule: what each holds, and from when its time is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from forms.marking import N_
from survey_app.actions.retention import due
from survey_app.actions.retention.errors import SetUnknown
from survey_app.actions.retention.plans import Plan

BACKUPS = "backups"


@dataclass(frozen=True, slots=True)
class DataSet:
    """A kind of data with a rule of its own.

    Attributes:
        name: In addresses and commands.
        title, holds, counted_from: Words for people: what it is called, what is erased, and
            from which day its time is counted.
        plan: Gives what is over before a day; None for what lies outside this server.
    """

    name: str
    title: str
    holds: str
    counted_from: str
    plan: Callable[[date], Plan] | None


def find(name: str) -> DataSet:
    """Find a kind of data.

    Raises:
        SetUnknown: There is none of that name.
    """
    found = next((each for each in DATA_SETS if each.name == name), None)
    if found is None:
        raise SetUnknown(name=name)
    return found


AFTER_ROUND = N_("the last day of the round")
DATA_SETS: Sequence[DataSet] = (
    DataSet(
        "enkats",
        N_("Anonymous answers"),
        N_("Answers, entry codes and receipts of anonymous rounds. The rounds themselves stay."),
        AFTER_ROUND,
        due.enkats,
    ),
    DataSet(
        "returns",
        N_("Returns"),
        N_("The teams' and schools' returns, and what the record of changes says about them."),
        AFTER_ROUND,
        due.returns,
    ),
    DataSet(
        "register",
        N_("Pupils of the register"),
        N_(
            "Pupils under their pseudonyms, with pathway, placements, consents and milestones. A "
            "pupil stays as long as there are returns about the pupil."
        ),
        N_("the last day of the enrolment, or of the pathway"),
        due.register,
    ),
    DataSet(
        "interviews",
        N_("Interviews"),
        N_(
            "Cases, consents and their signed papers, answers, notes, transcripts, coded passages "
            "and quotations. The coding scheme stays."
        ),
        AFTER_ROUND,
        due.interviews,
    ),
    DataSet(
        "consent-scans",
        N_("Signed papers of consents"),
        N_("Scans and photos of signed papers; the consent itself stays with its interview."),
        N_("the day it was added"),
        due.scans,
    ),
    DataSet(
        "extracts",
        N_("Log of files taken out"),
        N_("Who took which coded file."),
        N_("the day it was taken"),
        due.extracts,
    ),
    DataSet(
        "trail",
        N_("Record of changes"),
        N_(
            "Who did what to what, and what was there before. That something was done, when, and "
            "the chain of hashes stay, so that it still shows whether anybody tampered with it."
        ),
        N_("the day of the entry"),
        due.trail,
    ),
    DataSet(
        "accounts",
        N_("Closed accounts"),
        N_(
            "Accounts that were closed, with their roles, keys and drafts. What they have done in "
            "returns, interviews and the record of changes follows the rules of those."
        ),
        N_("the day it was closed"),
        due.accounts,
    ),
    DataSet(
        "mails",
        N_("Mails in the outbox"),
        N_("Mails that lie in the folder “outbox”, where no mail server is set."),
        N_("the day it was written"),
        due.mails,
    ),
    DataSet(
        BACKUPS,
        N_("Backups"),
        N_(
            "Backups lie elsewhere, and whoever keeps them throws them away. The rule says for how "
            "long they are kept, so that a protocol can tell how long what was erased is in them."
        ),
        N_("the day of the backup"),
        None,
    ),
)
