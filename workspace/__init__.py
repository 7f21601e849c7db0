"""A database opened: its term base and memory, first-run seeding, backup and checks."""
