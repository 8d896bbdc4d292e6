"""Writes the regions that come along: tables, outlines, sources, scenario files.

    python -m tools.regions --from FOLDER

The folder holds the collected figures and outlines, each with its source; it is no part of this
repository. What is written is: `scenarios/<name>.toml` and `scenarios/regions/<name>/`. Which
regions there are stands in `regions.toml`. `mekong_delta` and `three_towns` are older and stay as
they are.
"""
