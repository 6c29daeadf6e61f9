"""What would shorten the queue: actions tried out in the simulation, and the rest of the day."""
