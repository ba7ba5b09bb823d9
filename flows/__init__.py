"""Thin Prefect flows: read, ask the coach, write."""
