"""How long people will wait: the branch's own queue, simulated ahead. Pure, no input or output."""
