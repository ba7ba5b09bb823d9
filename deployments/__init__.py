"""How the flows are run: once, live, on a schedule."""
