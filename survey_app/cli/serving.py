"""`survey-app serve` and `survey-app demo`."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Sequence
from types import FrameType

import click
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import create_server

from survey_app import create_app
from survey_app import demo as demo_data
from survey_app.actions import releaser, responses
from survey_app.actions.jobs import running as large_files
from survey_app.actions.returns import daily
from survey_app.cli import refusing
from survey_app.cli.frame import chosen_data, data_option
from survey_app.demo import DemoAccount
from survey_app.security import LARGEST_UPLOAD
from survey_app.settings import load

THREADS = 8
CONNECTIONS = 500  # slow tablets hold theirs long
SPARE = 64 * 1024  # bytes of a body above the limit that the app answers itself


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--demo", "with_demo", is_flag=True, help="Fill an empty database first.")
@data_option
def serve(host: str, port: int, with_demo: bool) -> None:
    """Make or update the database, then serve until stopped."""
    app = create_app(load(chosen_data()))
    accounts = demo_data.fill(app) if with_demo else ()
    _run(app, host, port, accounts)


@click.command()
@click.option("--seed", default=1, show_default=True, help="Another seed, other answers.")
@click.option("--responses", "count", default=60, show_default=True, type=click.IntRange(0))
@data_option
def demo(seed: int, count: int) -> None:
    """Fill an empty database with invented data, and print one account per role."""
    app = create_app(load(chosen_data()))
    try:
        _print_accounts(demo_data.fill(app, seed=seed, responses=count))
        _print_codes(app)
    finally:
        responses.close(app)


def settle() -> None:
    """Keep what was made at the start out of every later search for garbage.

    The first of these would look through all modules and catalogues, in the middle of somebody's
    request: a tenth of a second and more.
    """
    gc.collect()
    gc.freeze()


def _run(app: Flask, host: str, port: int, accounts: Sequence[DemoAccount]) -> None:
    logging.getLogger("waitress").setLevel(logging.ERROR)  # no word about who came when
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        max_request_body_size=LARGEST_UPLOAD + SPARE,
        ident=None,
        **_trusted(app.config["SETTINGS"].proxies),
    )
    HTTPChannel.error_task_class = refusing.by(app)
    signal.signal(signal.SIGTERM, _stop)
    releasing = releaser.start(app)
    large_files.open_up(app)
    _print_accounts(accounts)
    _print_codes(app)
    click.echo(f"Serving at {_address(host, server.effective_port)} (stop with Ctrl-C)")
    settle()
    try:
        with daily.running(app):
            server.run()
    finally:
        server.close()
        large_files.close(app)
        releasing.close()
        responses.close(app)


def _trusted(proxies: int) -> dict[str, object]:
    """Believe what proxies of ours say: whether https is used, and who guesses passwords."""
    if not proxies:
        return {}
    return {
        "trusted_proxy": "*",
        "trusted_proxy_count": proxies,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
    }


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does: what is being answered is answered, what waits is committed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one would cut the first one short
    raise SystemExit(0)


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def _print_codes(app: Flask) -> None:
    for name, codes in demo_data.entry_codes(app).items():
        click.echo(f"Entry codes of {name}: {'  '.join(codes)}")


def _print_accounts(accounts: Sequence[DemoAccount]) -> None:
    if accounts:
        click.echo("Here a password is enough; elsewhere coordinators need a second factor too.")
    for account in accounts:
        click.echo(f"Log in as {account.role}: {account.email}  {account.password}")
