"""What holds for all tests."""

from hypothesis import settings

# Speed is measured elsewhere: a busy machine makes no test fail.
settings.register_profile("kg", derandomize=True, deadline=None)
settings.load_profile("kg")
