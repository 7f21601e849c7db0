"""Term extraction: what texts and aligned pairs hold that the term base does not have yet."""
