"""How fast Stridewell plans, writes and posts: `python -m benchmarks.pipeline`."""
