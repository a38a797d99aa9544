"""What all commands share: where the data is, how errors are said, how lists are printed."""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, TypeVar

import click
from flask import Flask
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from exports.errors import ExportError
from forms.problems import BadInstrument
from survey_app import create_app
from survey_app.actions import responses
from survey_app.actions.errors import ActionError
from survey_app.languages import DEFAULT
from survey_app.settings import DATA_VARIABLE, load
from survey_app.settings_errors import SettingsInvalid

Command = TypeVar("Command", bound=Callable[..., Any])

# Errors whose text is a sentence for whoever typed the command.
SAID = (ActionError, BadInstrument, ExportError, SettingsInvalid)

DEBUG_VARIABLE = "SURVEY_APP_DEBUG"
# What a database says -> what to do about it.
REMEDIES = {
    "readonly": "Let its own user, who runs the server, write to the database's file and folder.",
    "disk is full": "Make room on its disk.",
    "Connection refused": "Start PostgreSQL, or correct DATABASE_URL.",
    "password authentication": "Correct the password in DATABASE_URL.",
}


class SentenceGroup(click.Group):
    """A group whose commands fail with one sentence and exit status 1, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except SAID as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or 'A file'}: {error.strerror}."
            ) from error
        except SQLAlchemyError as error:
            raise click.ClickException(
                f"The database does not answer: {_cause(error)}.{_remedy(error)}"
            ) from error
        except Exception as error:
            if os.environ.get(DEBUG_VARIABLE):
                raise
            raise click.ClickException(
                f"Something went wrong that should not ({type(error).__name__}). "
                f"Run again with {DEBUG_VARIABLE}=1 to see where, and report it."
            ) from error


def _keep_data(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.find_root().obj = value


def data_option(command: Command) -> Command:
    """Let a command say where the data is; before or after the command's name."""
    option = click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help=f"The data directory; by default ${DATA_VARIABLE}, else ./data.",
        callback=_keep_data,
        expose_value=False,
    )
    return option(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")


@click.group(cls=SentenceGroup)
@data_option
def main() -> None:
    """Collect answers, and code them: see `survey-app COMMAND --help`."""
    signal.signal(signal.SIGTERM, _stop)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)


def _stop(signal_number: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does: what is half made, such as a backup in clear, does not stay behind."""
    raise SystemExit(128 + signal_number)


def chosen_data() -> Path | None:
    """Give the data directory that the command line names, if it does."""
    data: Path | None = click.get_current_context().find_root().obj
    return data


@contextmanager
def opened() -> Iterator[Flask]:
    """Open the data for the length of a block, in the app's context; files speak Swedish."""
    app = create_app(load(chosen_data()))
    try:
        with app.app_context(), force_locale(DEFAULT):
            yield app
    finally:
        responses.close(app)


@contextmanager
def private_draft(file: Path) -> Iterator[Path]:
    """Give the path of a draft beside a file, to be moved there when it is whole; else it goes."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def open_private(path: Path) -> BinaryIO:
    """Make a file that only its owner can read, open for writing and reading."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def show(value: object) -> None:
    """Print JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_rows(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns as wide as they need."""
    lines = [headers, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headers))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _remedy(error: SQLAlchemyError) -> str:
    """Say what helps, where what the database says shows it."""
    said = _cause(error)
    return next((f" {what}" for word, what in REMEDIES.items() if word in said), "")


def _cause(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
