"""For whoever watches the server: figures of its health, and whom to tell of a weakness.

Answers of pupils must not show in any figure, not even as work: memory, processor time, the
database's size and the number of requests grow with each of them, and a series of such figures is
a diary of arrivals. So there are none; what is counted concerns staff alone, and free room is told
in steps that thousands of answers do not fill.
"""

from __future__ import annotations

import hmac
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, Counter, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from sqlalchemy import func, select

from survey_app.actions.calendar import today
from survey_app.audience import is_without_session, open_to_everyone
from survey_app.settings import LOOPBACK, Settings
from survey_app.store.database import db
from survey_app.store.logins import Login
from survey_app.store.models import Account

bp = Blueprint("watching", __name__)

STEP = 1024**3  # bytes of free room
LOGIN_STEPS = {"security.login": "password", "security.two_factor_token_validation": "code"}
CONTACT_LASTS = timedelta(days=180)
EXTENSION = "watching"


class Watch:
    """The figures of one app."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # the library's
        self.registry = CollectorRegistry()
        self.failed = Counter(
            "survey_app_failed_logins",
            "Wrong passwords and codes since the start.",
            ["step"],
            registry=self.registry,
        )
        self.errors = Counter(
            "survey_app_staff_errors",
            "Pages of staff that ended with an error of the server since the start.",
            registry=self.registry,
        )
        self.registry.register(self)

    def collect(self) -> Iterable[Metric]:
        """Look at what is there now."""
        settings: Settings = current_app.config["SETTINGS"]
        free = shutil.disk_usage(settings.data).free // STEP * STEP
        accounts = select(func.count()).select_from(Account).where(Account.active)
        used = select(func.count()).select_from(Login).where(Login.last_on == today())
        yield _gauge("free_bytes", "Free room for the data, in whole GiB.", free)
        yield _gauge("accounts", "Accounts that may log in.", db.session.scalar(accounts))
        yield _gauge("logins_today", "Logins used today.", db.session.scalar(used))

    def describe(self) -> Iterable[Metric]:
        """Name nothing beforehand: there is no app yet."""
        return ()


def init_app(app: Flask) -> None:
    """Count what staff meet."""
    watch = app.extensions[EXTENSION] = Watch()

    @app.after_request
    def count(response: Response) -> Response:
        if is_without_session(request.path):
            return response
        step = LOGIN_STEPS.get(request.endpoint or "")
        if step and request.method == "POST" and response.status_code in (200, 429):
            watch.failed.labels(step).inc()
        if response.status_code >= 500:
            watch.errors.inc()
        return response


@bp.get("/metrics")
@open_to_everyone
def metrics() -> ResponseReturnValue:
    """Give the figures in Prometheus' text format to whom the settings let in."""
    if not _may_watch(current_app.config["SETTINGS"].metrics):
        abort(404)
    watch: Watch = current_app.extensions[EXTENSION]
    return generate_latest(watch.registry), {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}


@bp.get("/.well-known/security.txt")
@open_to_everyone
def security_txt() -> ResponseReturnValue:
    """Say whom to tell of a weakness (RFC 9116)."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.security_contact:
        abort(404)
    midnight = datetime.combine(today() + CONTACT_LASTS, datetime.min.time(), UTC)
    lines = [
        f"Contact: {settings.security_contact}",
        f"Expires: {midnight:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
    ]
    if settings.address:
        lines.append(f"Canonical: {settings.address}/.well-known/security.txt")
    return "\n".join([*lines, ""]), {"Content-Type": "text/plain; charset=utf-8"}


def _may_watch(allowed: str) -> bool:
    if allowed == LOOPBACK:
        is_passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        return not is_passed_on and ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - nobody
    given = request.headers.get("Authorization", "")
    return bool(allowed) and hmac.compare_digest(given.encode(), f"Bearer {allowed}".encode())


def _gauge(name: str, told: str, value: int | None) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"survey_app_{name}", told, value=value or 0)
