"""How the branch speaks, and that it says everything in both languages."""
