"""Speech as recognisers print it, read into hypotheses; the kind of recogniser is told from its first line."""
