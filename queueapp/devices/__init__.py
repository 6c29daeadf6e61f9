"""What a terminal is connected to: the ticket printer, and a loudspeaker."""
