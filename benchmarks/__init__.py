"""How fast bmcrender is: ratios against references, measured in one run. `python -m benchmarks` runs it."""
