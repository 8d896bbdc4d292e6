"""Settings for all tests."""

from hypothesis import HealthCheck, settings

# The first example of a test may compile something, so time says nothing about the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
