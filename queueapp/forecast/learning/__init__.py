"""What the learner is made of: one subject a module, its lessons, and what it then knows."""
