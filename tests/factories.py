"""Make what tests need, with nothing said but what matters to the case."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from uuid import UUID

from alembic.script import ScriptDirectory
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from forms.answers import Answers
from forms.media import Picture
from survey_app import create_app
from survey_app.actions import instruments, releases, responses, rounds
from survey_app.actions.rounds import Dates
from survey_app.settings import load
from survey_app.store import migrating
from survey_app.store.database import writing
from survey_app.store.models import InstrumentVersion, Round
from tests.forms.tables import workbook_of
from tests.pictures import png

# Werkzeug compiles what builds each address when an app is made, and Alembic reads all migrations:
# two thirds of the time of making one. Most tests need few addresses, and the migrations are read
# from the same files by each.
_compile_builder = Rule._compile_builder
_from_config = ScriptDirectory.from_config.__func__  # type: ignore[attr-defined]


def _compile_when_used(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    made = cache(partial(_compile_builder, rule, append_unknown))

    def build(*given: object, **named: object) -> tuple[str, str]:
        return made()(*given, **named)

    return build


@cache
def _scripts_at(location: str | None) -> ScriptDirectory:
    config = migrating.configuration()
    assert config.get_main_option("script_location") == location
    return _from_config(ScriptDirectory, config)


Rule._compile_builder = _compile_when_used  # type: ignore[method-assign,assignment]
ScriptDirectory.from_config = lambda config: _scripts_at(config.get_main_option("script_location"))  # type: ignore[method-assign,assignment]

PETS = """
    survey
    | type             | name | label::Svenska (sv) | label::English (en) |
    | select_one yesno | pets | Har du husdjur?     | Do you have pets?   |
    | integer          | many | Hur många?          | How many?           |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) | sa_missing |
    | yesno     | 1    | Ja                  | Yes                 |            |
    | yesno     | 0    | Nej                 | No                  |            |
    | yesno     | DK   | Vet ej              | Don't know          | yes        |
    settings
    | form_id | form_title | sa_title::English (en) | default_language | version |
    | pets    | Husdjur    | Pets                   | Svenska (sv)     | 1       |
"""
INTERVIEW = (
    PETS.replace("| version |", "| version | sa_mode   |")
    .replace("| 1       |\n", "| 1       | interview |\n")
    .replace("| pets    | Husdjur", "| visits  | Husdjur")
)
PICTURED = PETS.replace(
    "| label::English (en) |\n    | select", "| label::English (en) | media::image |\n    | select"
).replace("| Do you have pets?   |", "| Do you have pets?   | cat.png |")
CAT = Picture("cat.png", "image/png", png())


def make_app(data: Path) -> Flask:
    """Make an app with an empty database; close its writer with `responses.close`."""
    if not data.exists():
        own = shutil.ignore_patterns("*secrets.json")  # each installation makes its own
        shutil.copytree(first_start(), data, ignore=own)
    made = create_app(load(data, is_testing=True))
    made.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(first_start().parent))
    return made


def weaken_passwords(app: Flask, time_cost: int = 1) -> None:
    """Spare an app strong hashes; none of another app may read them, which would renew them."""
    context = app.extensions["security"].pwd_context
    context.update(argon2__time_cost=time_cost, argon2__memory_cost=8, argon2__parallelism=1)


@cache
def first_start() -> Path:
    """Make what a first start leaves, once: tables and catalogues take longer than most tests."""
    data = Path(tempfile.mkdtemp(prefix="survey-app-")) / "data"
    responses.close(create_app(load(data, is_testing=True)))
    atexit.register(shutil.rmtree, data.parent)
    return data


def make_version(table: str = PETS, *pictures: Picture) -> InstrumentVersion:
    """Publish a questionnaire written as a text table; needs an app context."""
    beside = {picture.name: picture for picture in pictures}
    return instruments.publish(workbook_of(table), pictures=beside)


def make_round(
    name: str = "autumn",
    *,
    table: str = PETS,
    pictures: Sequence[Picture] = (),
    is_open: bool = True,
    dates: Dates | None = None,
) -> Round:
    """Make a round; needs an app context."""
    made = rounds.create(name, make_version(table, *pictures), dates=dates)
    return rounds.open_round(name) if is_open else made


def make_answers(**values: str) -> Answers:
    """Make answers to PETS; both questions are asked."""
    return Answers(values or {"pets": "1"}, frozenset({"pets", "many"}))


def make_response(of: Round, answers: Answers | None = None, sent: UUID | None = None) -> None:
    """Store a response; needs an app context."""
    responses.store(of.id, of.version_id, answers or make_answers(), sent)


def release(*names: str) -> None:
    """Let all answers of rounds be read, as at their end, and leave them open; needs a context."""
    for name in names:
        with writing():
            releases.release_rest(rounds.find(name).id)
    releases.forget()
