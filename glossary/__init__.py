"""The term base: concepts and their terms, look-up, recognition in running text, formats and the curated data."""
