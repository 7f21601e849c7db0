"""Property tests run the same examples every time; HYPOTHESIS_PROFILE=search looks for new ones."""

import os

from hypothesis import settings

settings.register_profile("fixed", deadline=None, derandomize=True, max_examples=200, database=None)
settings.register_profile("search", deadline=None, max_examples=3_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
