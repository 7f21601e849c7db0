"""The terminal UI: screens and widgets over the term base and the memory, without logic of their own."""

import os
import sys

# Textual asks terminals for a keyboard protocol under which some of them drop or garble what an input method commits.
# It reads this when it is first imported, so it is set before any module of this package can do so.
if sys.platform != "win32":
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
# What changed is painted at the next of so many moments a second. At Textual's own 60 an answer waited for its moment as long
# as for the term base.
os.environ.setdefault("TEXTUAL_FPS", "120")
