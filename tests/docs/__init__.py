"""The documents are complete, lead somewhere, and are true."""
