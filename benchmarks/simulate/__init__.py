"""Training policies compared on simulated runners whose truth none of them sees: `python -m benchmarks.simulate`."""
