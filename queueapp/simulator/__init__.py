"""Customers and clerks that live in a branch through the same operations as real ones."""
