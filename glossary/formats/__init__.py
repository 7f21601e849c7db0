"""Files of terms: one module a format, each with a reader of entries, and a writer where the format is written too."""
