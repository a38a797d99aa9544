"""Fill an empty database; leave any other alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from random import Random
from uuid import uuid4

from flask import Flask
from sqlalchemy import insert

from survey_app import private_files
from survey_app.actions import accounts, codes, instruments, research, rounds, signoffs, trail
from survey_app.actions.calendar import today
from survey_app.actions.register import importing
from survey_app.actions.register.periods import FIRST_AUTUMN_MONTH
from survey_app.audience import Role
from survey_app.demo.answering import invented_answers
from survey_app.demo.city import invented_register
from survey_app.demo.doubling import code_twice
from survey_app.demo.interviewing import interview
from survey_app.demo.reporting import report
from survey_app.settings import DEMO_FILE
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import InstrumentVersion, Response, Round

ENKAT = "elevenkat"
SECOND_CODER = "coder-2@demo.example"  # codes the same interviews, without seeing the other's codes
DOMAIN = "demo.example"
CARDS, FEW_CODES = "kort", 5
DISTRICT = "bromma"  # whose steering group has an account
OPEN_SHARE = 5  # the open round has a fifth of the closed one's answers
FORMER_SHARE = 75  # per cent of its answers that the round a term earlier has
AT_A_TIME = 1_000  # rows written together


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo, with its password: both are printed."""

    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Term:
    """Half a school year."""

    year: int
    is_autumn: bool

    @property
    def name(self) -> str:
        """Give what stands in addresses, as Swedish schools write it: ht-2026."""
        return f"{'ht' if self.is_autumn else 'vt'}-{self.year}"

    @property
    def title(self) -> dict[str, str]:
        """Give what people read."""
        if self.is_autumn:
            return {"sv": f"Elevenkät hösten {self.year}", "en": f"Pupils, autumn {self.year}"}
        return {"sv": f"Elevenkät våren {self.year}", "en": f"Pupils, spring {self.year}"}

    @property
    def title_with_cards(self) -> dict[str, str]:
        """Give what people read of the round with entry codes."""
        titles = self.title
        return {"sv": f"{titles['sv']}, med kodkort", "en": f"{titles['en']}, with code cards"}

    @property
    def before(self) -> Term:
        """Give the term before."""
        return Term(self.year - (not self.is_autumn), not self.is_autumn)


def term_of(day: date) -> Term:
    """Tell the term of a day."""
    return Term(day.year, day.month >= FIRST_AUTUMN_MONTH)


def fill(app: Flask, *, seed: int = 1, responses: int = 60) -> Sequence[DemoAccount]:
    """Fill an empty database with rounds, invented answers and one account per role.

    Args:
        app: The app whose database it is.
        seed: The same seed gives the same answers.
        responses: How many the round of last term gets.

    Returns:
        The accounts with their passwords; none when the database was filled by others.
    """
    path = Path(app.config["SETTINGS"].data) / DEMO_FILE
    with app.app_context():
        if not accounts.are_there_any() and not queries.all_versions():
            made = _make_accounts()
            chance = Random(seed)  # noqa: S311 - invented answers, no secrets
            cards = fill_enkats(chance, Random(seed + 1), responses)  # noqa: S311 - as above
            _fill_returns(chance)
            accounts.set_roles(
                f"{Role.DISTRICT_READER}@{DOMAIN}", [Role.DISTRICT_READER], trail.SYSTEM, [DISTRICT]
            )
            _fill_interviews()
            closed = f"{ENKAT}-{term_of(today()).before.name}"
            research.allow(f"{Role.RESEARCHER}@{DOMAIN}", closed, trail.SYSTEM)
            kept = {"accounts": [asdict(account) for account in made], "codes": cards}
            private_files.write_once(path, kept)
    return _read_accounts(path)


def entry_codes(app: Flask) -> Mapping[str, Sequence[str]]:
    """Give a few codes of the demo's round that asks for them, by the round's name."""
    path = Path(app.config["SETTINGS"].data) / DEMO_FILE
    kept = private_files.read(path).get("codes", {}) if path.exists() else {}
    return kept if isinstance(kept, dict) else {}


def fill_enkats(chance: Random, former: Random, responses: int) -> Mapping[str, Sequence[str]]:
    """Fill last term's round and begin two of this term's; give codes for the second."""
    version = instruments.newest_version(ENKAT)
    _approve_languages()
    term = term_of(today())
    # With chance of its own, so that all else is as the seed has always given it.
    _close(term.before.before, version, former, responses * FORMER_SHARE // 100)
    _close(term.before, version, chance, responses)
    _answer(_open(term, version), chance, responses // OPEN_SHARE)
    with_codes = f"{ENKAT}-{term.name}-{CARDS}"
    rounds.create(with_codes, version, title=term.title_with_cards, codes_required=True)
    rounds.open_round(with_codes)
    return {with_codes: codes.create(with_codes, FEW_CODES)}


def _close(term: Term, version: InstrumentVersion, chance: Random, responses: int) -> None:
    over = _open(term, version)
    _answer(over, chance, responses)
    rounds.close_round(over.name)


def _fill_returns(chance: Random) -> None:
    """Fill the register, and report about its pupils."""
    reporter, officer = (f"{r.value}@{DOMAIN}" for r in (Role.TEAM_MEMBER, Role.SCHOOL_OFFICER))
    register = invented_register(chance, today(), reporter, officer)
    importing.carry_out(register, trail.SYSTEM)
    report(chance, today(), reporter, officer)


def _fill_interviews() -> None:
    """Hold interviews with pupils, and code some."""
    term = term_of(today())
    interviewer, coder = (f"{r.value}@{DOMAIN}" for r in (Role.INTERVIEWER, Role.CODER))
    name = interview(term.name, {"sv": f"Elevintervjuer {term.name}"}, interviewer, coder)
    code_twice(name, coder, SECOND_CODER)


def _approve_languages() -> None:
    """Let the demo show every language that is translated whole, read by a speaker or not."""
    for subject in signoffs.subjects():
        for tag in signoffs.drafts():
            if signoffs.standing(subject, tag).is_complete:
                signoffs.approve(subject, tag, "Demo")


def _open(term: Term, version: InstrumentVersion) -> Round:
    name = f"{ENKAT}-{term.name}"
    rounds.create(name, version, title=term.title)
    return rounds.open_round(name)


def _answer(of: Round, chance: Random, count: int) -> None:
    instrument, ids = instruments.instrument_of(of.version_id), (of.id, of.version_id)
    for start in range(0, count, AT_A_TIME):
        few = range(start, min(start + AT_A_TIME, count))
        invented = [invented_answers(instrument, chance, today()) for _ in few]
        with writing():
            rows = [
                {
                    "id": str(uuid4()),
                    "round_id": ids[0],
                    "version_id": ids[1],
                    "answers": dict(answers.values),
                    "asked": sorted(answers.asked),
                }
                for answers in invented
            ]
            db.session.execute(insert(Response), rows)


def _make_accounts() -> Sequence[DemoAccount]:
    wanted = [*((f"{role.value}@{DOMAIN}", role) for role in Role), (SECOND_CODER, Role.CODER)]
    return [DemoAccount(r.value, email, accounts.create(email, [r])) for email, r in wanted]


def _read_accounts(path: Path) -> Sequence[DemoAccount]:
    if not path.exists():
        return ()
    kept = private_files.read(path)["accounts"]
    return tuple(DemoAccount(**account) for account in kept) if isinstance(kept, list) else ()
