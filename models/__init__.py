"""Remembers: tables and plain functions over a Session."""
