"""What staff see: sign-in, the desk and the supervisor wall."""
