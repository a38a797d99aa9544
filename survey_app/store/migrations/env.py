"""Run migrations inside the app, on the connection that `store.migrating` gives."""

from __future__ import annotations

from alembic import context

from survey_app.store import (  # the tables register themselves
    coding,  # noqa: F401
    doubling,  # noqa: F401
    extracts,  # noqa: F401
    interviews,  # noqa: F401
    models,  # noqa: F401
    quotes,  # noqa: F401
    register,  # noqa: F401
    released,  # noqa: F401
    reminders,  # noqa: F401
    retention,  # noqa: F401
    returns,  # noqa: F401
    submissions,  # noqa: F401
    waiting,  # noqa: F401
)
from survey_app.store.database import Base, db


def run() -> None:
    """Bring the schema to the wanted revision in one transaction."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
