"""Rounds on a real server, made by the command line as an administrator would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import expect

from forms.writing import write_workbook
from survey_app.actions import responses
from tests.factories import make_app
from tests.forms.tables import workbook_of
from tests.journeys.children import CHILDREN
from tests.journeys.tablet_questionnaire import TINY
from tests.survey_app.returns.city import fill
from tests.tools.commands import run_command
from tests.tools.counting import count_responses
from tests.tools.proxy import BadNetwork, bad_network
from tests.tools.server import LiveServer, serving

NUMBERS = count(1)

# One question of each kind, and each kind of logic once.
FEATURES = """
    survey
    | type                   | name    | label::Svenska (sv)                | label::English (en)             | relevant                  | required | constraint | calculation    | appearance |
    | note                   | hello   | Välkommen **hit**.                 | Welcome.                        |                           |          |            |                |            |
    | select_one yesno       | pets    | Har du husdjur?                    | Do you have pets?               |                           | yes      |            |                |            |
    | begin_group            | animals | Dina djur                          | Your animals                    | selected(${pets}, '1')    |          |            |                | field-list |
    | integer                | cats    | Hur många katter?                  | How many cats?                  |                           |          | . <= 20    |                |            |
    | decimal                | hours   | Hur många timmar om dagen?         | How many hours a day?           |                           |          |            |                |            |
    | end_group              |         |                                    |                                 |                           |          |            |                |            |
    | calculate              | paws    |                                    |                                 |                           |          |            | 4 * ${cats}    |            |
    | note                   | told    | Det blir ${paws} tassar.           | That makes ${paws} paws.        | ${cats} > 0               |          |            |                |            |
    | select_multiple things | things  | Vad vill du ha?                    | What do you want?               |                           |          |            |                |            |
    | select_one ladder      | life    | Hur bra är livet?                  | How good is life?               |                           |          |            |                |            |
    | select_one agree       | calm    | Jag är lugn.                       | I am calm.                      |                           |          |            |                | likert     |
    | date                   | day     | Vilken dag?                        | Which day?                      |                           |          |            |                |            |
    | text                   | about   | Berätta mer                        | Tell us more                    |                           |          |            |                | multiline  |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) | sa_missing |
    | yesno     | 1    | Ja                  | Yes                 |            |
    | yesno     | 0    | Nej                 | No                  |            |
    | things    | food | Mat                 | Food                |            |
    | things    | rest | Vila                | Rest                |            |
    | things    | DK   | Vet ej              | Don't know          | yes        |
    | ladder    | 0    | 0 – sämst           | 0 – worst           |            |
    | ladder    | 1    | 1                   | 1                   |            |
    | ladder    | 2    | 2                   | 2                   |            |
    | ladder    | 3    | 3                   | 3                   |            |
    | ladder    | 4    | 4                   | 4                   |            |
    | ladder    | 5    | 5                   | 5                   |            |
    | ladder    | 6    | 6 – bäst            | 6 – best            |            |
    | agree     | 2    | Stämmer helt        | Quite right         |            |
    | agree     | 1    | Stämmer inte        | Not right           |            |
    | agree     | REF  | Vill inte svara     | Rather not say      | yes        |
    settings
    | form_id  | form_title | default_language |
    | features | Alla slag  | Svenska (sv)     |
"""

expect.set_options(timeout=20_000)  # ms: two browsers and two servers share two cores


class CommandLine:
    """The administrator's hands on one server's data."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def run(self, *arguments: str | Path) -> str:
        """Run a command and give what it prints."""
        done = run_command(*arguments, "--data", self.data)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def publish(self, table: str, folder: Path) -> None:
        """Publish a questionnaire written as a text table."""
        file = folder / "questionnaire.xlsx"
        with file.open("wb") as target:
            write_workbook(workbook_of(table), target)
        self.run("instrument", "publish", file)

    def open_round(self, instrument: str) -> str:
        """Open a new round of an instrument and give its name."""
        name = f"journey-{next(NUMBERS)}"
        self.run("round", "open", name, "--instrument", instrument)
        return name

    def responses(self, name: str) -> int:
        """Count a round's responses."""
        return count_responses(self.data, name)

    def export(self, name: str, folder: Path) -> list[list[str]]:
        """Close a round and give its coded answers as rows of cells, the header first."""
        self.run("round", "close", name)
        file = folder / f"{name}.csv"
        self.run("export", name, "--format", "csv", "--output", file)
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        separator = ";" if ";" in lines[0] else ","
        return [line.split(separator) for line in lines]


@pytest.fixture(scope="session")
def command_line(live_server: LiveServer) -> CommandLine:
    """Give the command line of the running server."""
    return CommandLine(live_server.data)


@pytest.fixture(scope="session")
def features(command_line: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Publish a questionnaire with one of each kind, and give its name."""
    file = tmp_path_factory.mktemp("features") / "features.xlsx"
    with file.open("wb") as target:
        write_workbook(workbook_of(FEATURES), target)
    command_line.run("instrument", "publish", file)
    return "features"


@pytest.fixture(scope="session")
def round_name(command_line: CommandLine, features: str) -> str:
    """Open one round of it for all tests that do not count its responses."""
    return command_line.open_round(features)


@pytest.fixture
def own_round(command_line: CommandLine, features: str) -> str:
    """Open a round of it for one test alone."""
    return command_line.open_round(features)


@pytest.fixture(scope="session")
def tiny(command_line: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Publish a questionnaire of two questions, and give its name."""
    command_line.publish(TINY, tmp_path_factory.mktemp("tiny"))
    return "tiny"


@pytest.fixture
def tiny_round(command_line: CommandLine, tiny: str) -> str:
    """Open a round of it for one test alone."""
    return command_line.open_round(tiny)


@pytest.fixture
def network(live_server: LiveServer) -> Iterator[BadNetwork]:
    """Give a network between browsers and the server, fine at first; its address is its own."""
    with bad_network(int(live_server.address.rpartition(":")[2])) as made:
        yield made


@pytest.fixture
def url(network: BadNetwork, shared_round: str) -> str:
    """Give a round's address on a network of one's own."""
    return f"{network.address}/e/{shared_round}"


@pytest.fixture(scope="session")
def shared_round(command_line: CommandLine, tiny: str) -> str:
    """Open one round of it for all tests that do not count its responses."""
    return command_line.open_round(tiny)


@pytest.fixture(scope="session")
def children_round(command_line: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Open one round of the children's questionnaire for all tests that do not count."""
    command_line.publish(CHILDREN, tmp_path_factory.mktemp("children"))
    return command_line.open_round("children")


@pytest.fixture
def address(live_server: LiveServer) -> Callable[[str], str]:
    """Give ``address(path)``: the whole address of a round's page."""
    return lambda path: live_server.url(f"/e/{path}")


@pytest.fixture
def team_server(tmp_path) -> Iterator[LiveServer]:
    """Serve a city of its own for one test."""
    made = make_app(tmp_path / "data")
    with made.app_context():
        fill()
    responses.close(made)
    with serving(tmp_path / "data") as server:
        yield server
