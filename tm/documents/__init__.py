"""Documents read into segments and written again with translations in their place: one module a format."""
