"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("kg", derandomize=True)
settings.load_profile("kg")
