"""queueapp: the front-desk queue that runs in a terminal."""
