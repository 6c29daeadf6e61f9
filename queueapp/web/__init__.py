"""The branch over HTTP: the ticket's page on the phone, and the API for other systems."""
