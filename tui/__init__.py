"""The terminal application: one module a screen, no business logic."""
