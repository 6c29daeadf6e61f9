"""Calls that are heard: a chime, and the number and the counter in the customer's language."""
