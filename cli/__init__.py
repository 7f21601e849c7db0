"""The `yuqiao` command: one module a group of commands, thin."""
