"""A server that is killed: every acknowledged answer is there afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from survey_app.actions import responses, rounds
from survey_app.store.database import db
from survey_app.store.models import Receipt, Response
from tests.factories import make_app, make_round
from tests.tools.programs import ROOT

ACKNOWLEDGED = 40
KILLS = 2

# Each answer says the id of its sending, as a number; releases go on all the time.
SENDING = r"""
import os
import sys
import time
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4
from survey_app.actions import releaser, rounds
from tests.factories import make_answers, make_app, make_response

releaser.MOMENT = 0.05
app = make_app(Path(sys.argv[1]))
releaser.start(app)

def send(_):
    sent = uuid4()
    with app.app_context():
        make_response(rounds.find("autumn"), make_answers(many=str(sent.int)), sent)
    os.write(1, f"{sent}\n".encode())

with ThreadPoolExecutor(8) as pool:
    list(pool.map(send, range(100_000)))
"""


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_was_acknowledged_survives_kills(tmp_path, monkeypatch, request, database) -> None:
    """A pupil who read "thank you" never has to answer again, and counts once."""
    if database == "postgresql":
        server = request.getfixturevalue("postgresql")
        monkeypatch.setenv("DATABASE_URL", server.new_database())
    app = make_app(tmp_path)
    with app.app_context():
        make_round()
    responses.close(app)
    acknowledged = [sent for number in range(KILLS) for sent in sent_until_killed(tmp_path, number)]
    app = make_app(tmp_path)
    with app.app_context():
        rounds.close_round("autumn")
        kept = {receipt.token for receipt in db.session.query(Receipt)}
        tokens = {responses.token_of(1, each) for each in acknowledged}
        said = [int(answers["many"]) for answers in db.session.scalars(select(Response.answers))]
        assert len(tokens) >= ACKNOWLEDGED * KILLS
        assert tokens <= kept
        assert len(said) == len(set(said)) == len(kept)
        assert {each.int for each in acknowledged} <= set(said)
        assert list((tmp_path / "pool").iterdir()) == []
    responses.close(app)


def sent_until_killed(data: Path, number: int) -> list[UUID]:
    """Send from a process that is killed after some time; give what was acknowledged."""
    sender = subprocess.Popen(
        [sys.executable, "-c", SENDING, str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert sender.stdout is not None
    acknowledged = [sender.stdout.readline().strip() for _ in range(ACKNOWLEDGED)]
    time.sleep(0.07 * number)
    os.kill(sender.pid, signal.SIGKILL)
    acknowledged += sender.stdout.read().split("\n")[:-1]
    sender.stdout.close()
    sender.wait()
    return [UUID(each) for each in acknowledged]
