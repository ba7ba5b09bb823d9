"""Alembic's folder: run through models.database, never by a path of its own."""
