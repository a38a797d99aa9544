"""A server that is killed: every acknowledged answer is there afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from survey_app.actions import responses
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import Receipt
from tests.factories import make_app, make_round
from tests.tools.programs import ROOT

ACKNOWLEDGED = 60

SENDING = r"""
import os
import sys
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4
from survey_app.actions import rounds
from tests.factories import make_answers, make_app, make_response

app = make_app(Path(sys.argv[1]))

def send(_):
    sent = uuid4()
    with app.app_context():
        make_response(rounds.find("autumn"), make_answers(), sent)
    os.write(1, f"{sent}\n".encode())

with ThreadPoolExecutor(8) as pool:
    list(pool.map(send, range(100_000)))
"""


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """A pupil who read "thank you" never has to answer again."""
    app = make_app(tmp_path)
    with app.app_context():
        make_round()
    sender = subprocess.Popen(
        [sys.executable, "-c", SENDING, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert sender.stdout is not None
    acknowledged = [sender.stdout.readline().strip() for _ in range(ACKNOWLEDGED)]
    os.kill(sender.pid, signal.SIGKILL)
    acknowledged += sender.stdout.read().split("\n")[:-1]
    sender.stdout.close()
    sender.wait()
    with app.app_context():
        kept = {receipt.token for receipt in db.session.query(Receipt)}
        tokens = {responses.token_of(1, UUID(each)) for each in acknowledged}
        assert len(tokens) >= ACKNOWLEDGED
        assert tokens <= kept
        assert queries.response_count(1) == len(kept)
    responses.close(app)
