"""Files of aligned units: one module a format, each with a streaming reader, and a writer where the format is written."""
