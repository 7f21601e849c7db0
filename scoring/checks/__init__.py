"""Checks of a translation without a reference."""
