"""A fact that can be run in a second, as people write one."""

MONEY = """
title = "Money for joint works"
says = "A match gets more works built."
support = "strong"
built_in = "low"
evidence = ["E125"]
reading = "A work that stands."
fails_if = "as many without"
off = { match_rate = 0.0 }

[box]
noise = [0.1, 0.2]
term = 5

[arms.without]
institution = "conditional_funding"
set = { match_rate = 0.0 }
[arms.with]
institution = "conditional_funding"

[[parts]]
label = "completed: with a match less without"
claim = "greater"
arms = ["with", "without"]
measure = "completion_rate"
[[parts]]
label = "the same as a ratio of sums"
claim = "greater"
arms = ["with", "without"]
measure = { sum = { completed = 1 }, per = { arrived = 1 }, share = true }
"""
