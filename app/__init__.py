"""The composition root: settings, wiring, use cases, the command line."""
