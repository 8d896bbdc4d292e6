"""A fuzzer of every kind of input: what people give us may be anything, the answer may not.

    make fuzz                                # 10,000 tries, about twenty minutes on two cores
    python -m tests.fuzz --tries 500 --kinds geojson words
    python -m tests.fuzz --write             # and the table in docs/security.md

A try takes a small valid input, damages it (`mutate`, `trees`, `tables`) or writes an odd one
(`odd`), and uses it as a user would (`kinds`). It must end in an answer or in one clean refusal
(`judge`). Tries run in processes with limits of memory and time (`pool`); what fails is made small
(`shrink`) and left as a script that reproduces it.
"""
