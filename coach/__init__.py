"""The training engine: pure, standard library only."""
