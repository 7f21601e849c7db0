"""Live interpreting: a source of speech in, prompts and English (or Chinese) out, a log to measure it by."""
