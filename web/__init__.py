"""Listens: the pages a letter links to."""
