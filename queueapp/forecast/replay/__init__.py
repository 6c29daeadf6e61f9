"""Old days played again: the log of any queue through the code of the live app, and its score."""
