"""The web application: collecting, coordinating, and the command line."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate

from survey_app import (
    account,
    api,
    audience,
    coding,
    coordinate,
    errors,
    health,
    interviews,
    languages,
    openrosa,
    preview,
    protection,
    respond,
    results,
    returns,
    row_numbers,
    security,
    static_files,
    watching,
)
from survey_app.actions import codes, releases, responses
from survey_app.catalogues import compile_catalogues
from survey_app.settings import Settings, load
from survey_app.store import database, migrating
from survey_app.store.database import db


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app, its database brought up to date.

    Args:
        settings: By default what the environment and the data directory say.
    """
    settings = settings or load()
    app = Flask(__name__, static_folder=None)  # static_files serves them
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECURITY_PASSWORD_SALT=settings.password_salt,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        TESTING=settings.is_testing,
        PROPAGATE_EXCEPTIONS=settings.is_testing,
        SETTINGS=settings,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _add_extensions(app, settings)
    _add_pages(app)
    security.leave_respondents_alone(app)
    return app


def _add_extensions(app: Flask, settings: Settings) -> None:
    compile_catalogues(settings.translations)
    static_files.init_app(app)
    row_numbers.init_app(app)
    languages.init_app(app, str(settings.translations))
    security.init_app(app)
    database.init_app(app)
    Migrate(app, db, directory=str(migrating.MIGRATIONS), render_as_batch=True)
    with app.app_context():
        migrating.upgrade(settings.data)
    releases.init_app(app, settings.data / "pool", settings.release_size)
    responses.init_app(app, settings.receipt_key)
    codes.init_app(app, settings.code_key)
    account.init_app(app)
    watching.init_app(app)
    audience.init_app(app)
    errors.init_app(app)


def _add_pages(app: Flask) -> None:
    app.register_blueprint(health.bp)
    app.register_blueprint(watching.bp)
    app.register_blueprint(coordinate.bp)
    app.register_blueprint(account.bp)
    app.register_blueprint(respond.bp)
    app.register_blueprint(openrosa.bp)
    app.register_blueprint(preview.bp)
    app.register_blueprint(returns.bp)
    app.register_blueprint(returns.calendars_bp)
    app.register_blueprint(interviews.bp)
    app.register_blueprint(results.bp)
    app.register_blueprint(coding.bp)
    app.register_blueprint(api.bp)
    app.register_blueprint(protection.bp)
    for without_session in (respond.bp, openrosa.bp):  # nothing to ride on
        security.csrf.exempt(without_session)
    security.csrf.exempt(preview.try_out)  # it stores nothing
