"""What the public sees: the kiosk, the rating terminal and the hall board."""
