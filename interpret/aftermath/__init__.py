"""After an event: what was said and written, as files to keep."""
