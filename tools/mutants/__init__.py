"""Mutation testing: does a test die when a rule is broken?"""
