"""Writes and posts letters."""
