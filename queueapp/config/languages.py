"""The languages that QueueApp speaks, by their ISO 639-1 codes."""

LANGUAGES = ("fa", "en")
