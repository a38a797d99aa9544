"""What is stored, by whom it is about: for the record of processing (article 30 of the GDPR).

Every table stands here once, which a test holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.marking import N_


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is stored.

    Attributes:
        what: In words.
        tables: Where.
        rule: The kind of data whose rule it follows; "" where it holds nothing about anybody.
        by_itself: When the server removes it without a rule; "" where it does not.
    """

    what: str
    tables: tuple[str, ...]
    rule: str = ""
    by_itself: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """Those that something is about."""

    title: str
    facts: Sequence[Fact]


AREAS: Sequence[Area] = (
    Area(
        N_("Those who answer anonymously"),
        (
            Fact(
                N_("What was answered; of cards, the district where enough come from there."),
                ("response",),
                "enkats",
            ),
            Fact(
                N_("Answers that wait, sealed, until others can be released with them."),
                ("waiting", "pool"),
                "enkats",
                N_("at the release, together with the key"),
            ),
            Fact(
                N_("That something was sent, that a card was used; neither leads to an answer."),
                ("receipt", "entry_code"),
                "enkats",
            ),
        ),
    ),
    Area(
        N_("Pupils, under pseudonyms"),
        (
            Fact(
                N_("Gender, year of birth, district, school and team, with days."),
                ("pupil", "placement"),
                "register",
            ),
            Fact(
                N_("The steps of the pathway, with reasons, and the times of enrolment."),
                ("pathway_event", "enrolment_span"),
                "register",
            ),
            Fact(
                N_("Which sharing was consented to, by whom in kind, and until when."),
                ("consent",),
                "register",
            ),
            Fact(N_("Milestones with their texts and levels."), ("milestone",), "register"),
            Fact(
                N_("Returns: attendance, milestones, measures, grades, notes; drafts too."),
                ("unit_return", "submission", "attachment"),
                "returns",
            ),
        ),
    ),
    Area(
        N_("Those who are interviewed, under pseudonyms"),
        (
            Fact(
                N_("Role, gender, school years, district, language, and the day of the interview."),
                ("interview_case",),
                "interviews",
            ),
            Fact(
                N_("The consent: which text, which day, who signed in kind."),
                ("interview_consent",),
                "interviews",
            ),
            Fact(
                N_("The signed paper, sealed: the only thing that names somebody."),
                ("consent_scan",),
                "consent-scans",
            ),
            Fact(
                N_("Answers, notes and transcripts, with earlier versions that carry codes."),
                ("interview", "interview_text"),
                "interviews",
            ),
            Fact(
                N_("Codes given to passages, by two people for some, and quotations."),
                (
                    *("coding_segment", "coding_segment_code", "coding_done", "quotation"),
                    *("double_coding", "double_unit", "double_code", "double_decision"),
                ),
                "interviews",
            ),
        ),
    ),
    Area(
        N_("Staff"),
        (
            Fact(
                N_("Accounts: address, hash of the password, second factor, roles."),
                ("account", "account_role", "role", "identity", "passkey"),
                "accounts",
            ),
            Fact(
                N_("Logins: kind of browser, first and last day; no address, no clock time."),
                ("login",),
                "accounts",
                N_("2 days after the last use"),
            ),
            Fact(
                N_("Invitations by links."),
                ("invitation",),
                "",
                N_("a week after they were made"),
            ),
            Fact(
                N_("Keys of devices, programs and calendars, as hashes, and days of use."),
                ("access_token", "calendar_address"),
                "accounts",
            ),
            Fact(
                N_(
                    "Who has which post in a team, who reports for a school, and who sees a "
                    "district’s figures."
                ),
                ("team_member", "school_officer", "district_reader"),
                "accounts",
            ),
            Fact(
                N_("Drafts of questionnaires."),
                ("draft", "draft_picture"),
                "accounts",
                N_("after 7 days"),
            ),
            Fact(
                N_("The record of changes: who did what, when, and what was there before."),
                ("audit_entry",),
                "trail",
            ),
            Fact(
                N_("The log of files taken out, and what a researcher may take."),
                ("extract", "research_grant"),
                "extracts",
            ),
            Fact(
                N_("Large files that are being made."),
                ("export_job",),
                "",
                N_("the file after 24 hours, the line after 7 days"),
            ),
        ),
    ),
    Area(
        N_("Nobody but staff"),
        (
            Fact(
                N_("Districts, schools, teams, and which of them belong together."),
                ("district", "school", "team", "team_school"),
            ),
            Fact(
                N_("Questionnaires, pictures, rounds, languages, reminders to teams."),
                (
                    *("instrument_version", "picture", "round", "xform", "language_signoff"),
                    *("reminder", "interview_quota"),
                ),
            ),
            Fact(
                N_("Schemes of codes, and their history."),
                ("coding_scheme", "coding_round", "coding_code", "coding_version"),
            ),
            Fact(
                N_("Protected figures as they were shown, with keyed digests of who was counted."),
                ("released_result",),
            ),
            Fact(
                N_("Rules of retention, and protocols; these name who wrote them."),
                ("retention_rule", "retention_protocol"),
            ),
        ),
    ),
)
