"""Branch files that come with the program."""
