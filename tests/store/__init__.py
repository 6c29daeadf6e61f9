"""Tests of queueapp.store and of the operations over it, on both databases."""
