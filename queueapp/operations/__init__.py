"""What people do in a branch: commands and their handlers, and the ports they need."""
