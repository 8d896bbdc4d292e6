"""How fast is it: measured side by side in one run, after checking that the answers are equal.

    .venv/bin/python -m benchmarks --write

One file measures one thing; `__main__.py` lists them. Nothing here is a test of speed.
"""
