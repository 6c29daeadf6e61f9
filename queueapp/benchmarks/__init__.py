"""Figures that users can measure on their own machine: `queueapp bench …`."""
