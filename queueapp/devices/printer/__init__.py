"""Tickets on paper: what stands on one, how it is drawn, and how it gets to the printer."""
