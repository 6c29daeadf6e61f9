"""What all terminals share: the base app, the base screen, dialogs, and the large widgets."""
