"""A branch that lives by itself, with all terminals in one program."""
