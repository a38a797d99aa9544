"""Reminders: to those who hold the team's posts, once each, through a real mail server."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from survey_app.actions import accounts, mailing, rounds
from survey_app.actions.calendar import today
from survey_app.actions.register import importing
from survey_app.actions.returns import reminding
from survey_app.actions.returns.saving import Action, Sent, save
from survey_app.audience import Role
from survey_app.store.database import db
from survey_app.store.reminders import Reminder
from tests.forms.tables import workbook_of
from tests.survey_app.actions.register.test_importing import CITY
from tests.survey_app.actions.returns.reports import PUPIL, make_report
from tests.tools.server import find_free_port

TEAM, COORDINATOR = "t@demo.example", "c@demo.example"


class Inbox:
    """Keep what a mail server is handed."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], str]] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take a mail."""
        self.mails.append((sorted(envelope.rcpt_tos), envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def inbox(context):
    """Give the inbox of a mail server that the app is told of."""
    inbox, port = Inbox(), find_free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    use(context, f"smtp://127.0.0.1:{port}")
    yield inbox
    controller.stop()


def use(app, smtp: str) -> None:
    """Tell the app of a mail server."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp=smtp)


@pytest.fixture(autouse=True)
def city(context) -> None:
    """Fill the register; one round is open."""
    accounts.create(TEAM, [Role.TEAM_MEMBER])
    accounts.create(COORDINATOR, [Role.COORDINATOR])
    with_post = CITY.replace("| kurator | 0,5   |       |", f"| kurator | 0,5   | {TEAM} |")
    importing.carry_out(workbook_of(with_post), COORDINATOR)
    make_report()


def due(days: int) -> None:
    """Want the returns so many days from today."""
    rounds.find("report-2025-10").due = today() + timedelta(days=days)
    db.session.commit()


def test_each_step_is_mailed_once(inbox) -> None:
    """Not before a week before; after a week to coordinators too; never with a code."""
    due(8)
    assert reminding.remind() == []
    for days, to in ((7, [TEAM]), (-1, [TEAM]), (-7, [COORDINATOR, TEAM])):
        due(days)
        assert [list(each.to) for each in reminding.remind()] == [to]
        assert reminding.remind() == []
        recipients, text = inbox.mails.pop()
        assert (recipients, inbox.mails) == (to, [])
        assert PUPIL.code not in text
        assert TEAM not in text


def test_who_has_handed_in_is_left_alone(inbox) -> None:
    """Nor is anybody of a round that is locked."""
    due(-1)
    of = rounds.find("report-2025-10")
    save(of, PUPIL, Sent(0, {"scheduled": "1"}, action=Action.SUBMIT), TEAM)
    assert reminding.remind() == []
    assert inbox.mails == []


def test_a_locked_round_reminds_nobody() -> None:
    """It would take nothing."""
    due(-1)
    assert len(reminding.due_now()) == 1
    rounds.close_round("report-2025-10")
    assert reminding.due_now() == []


def test_a_server_that_is_down_is_tried_again(context) -> None:
    """Nothing is marked as sent."""
    due(-1)
    use(context, f"smtp://127.0.0.1:{find_free_port()}")
    with pytest.raises(mailing.MailNotSent, match=r"127\.0\.0\.1"):
        reminding.remind()
    use(context, "")
    assert len(reminding.remind()) == 1
    (mail,) = (context.config["SETTINGS"].data / mailing.OUTBOX).iterdir()
    assert mail.suffix == ".eml"


def test_a_mail_that_is_refused_is_tried_again(inbox, monkeypatch) -> None:
    """A server may refuse after it has answered."""

    async def refuse(*_: object) -> str:
        return "451 Later"

    due(-1)
    with monkeypatch.context() as patch:
        patch.setattr(Inbox, "handle_DATA", refuse)
        with pytest.raises(mailing.MailNotSent):
            reminding.remind()
    assert len(reminding.remind()) == 1


def test_a_mail_that_is_refused_keeps_no_other_back(inbox, monkeypatch) -> None:
    """One wrong address is no reason to leave every other team without its reminder."""
    due(-1)
    make_report("report-2025-11", "2025-11").due = today() - timedelta(days=1)
    db.session.commit()
    take, refused = Inbox.handle_DATA, iter(["451 Later"])

    async def refuse_once(*given) -> str:
        return next(refused, None) or await take(*given)

    monkeypatch.setattr(Inbox, "handle_DATA", refuse_once)
    with pytest.raises(mailing.MailNotSent):
        reminding.remind()
    assert len(inbox.mails) == 1
    assert len(reminding.remind()) == 1
    assert len(inbox.mails) == 2


def test_a_claim_of_one_who_was_stopped_lapses(inbox, monkeypatch) -> None:
    """Killed while the mail server thinks, the reminder goes out later; not while it may be sent."""

    class Killed(BaseException):
        """No handler of ours runs when a process is killed."""

    def stop(*_: object) -> None:
        raise Killed

    due(-1)
    with monkeypatch.context() as patch:
        patch.setattr(mailing.Server, "send", stop)
        with pytest.raises(Killed):
            reminding.remind()
    assert (reminding.remind(), reminding.is_claimed()) == ([], True)
    (claim,) = db.session.scalars(select(Reminder))
    claim.claimed_at = reminding._now() - 2 * reminding.LEASE
    db.session.commit()
    assert not reminding.is_claimed()
    assert (len(reminding.remind()), len(inbox.mails)) == (1, 1)
    assert not reminding.is_claimed()
    assert reminding.remind() == []


def test_mails_come_from_the_address_that_is_set(inbox, context) -> None:
    """A mail server takes mail only from whom it knows."""
    settings = replace(context.config["SETTINGS"], mail_sender="rapporter@stad.example")
    context.config["SETTINGS"] = settings
    due(-1)
    reminding.remind()
    assert "From: rapporter@stad.example" in inbox.mails[0][1]
