"""Run by Alembic. The connection, already in its transaction, comes from models.database."""

from __future__ import annotations

from alembic import context

from models.tables import Base


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        # models.database opens the transaction around all steps and commits it.
        transactional_ddl=False,
    )
    context.run_migrations()


run()
