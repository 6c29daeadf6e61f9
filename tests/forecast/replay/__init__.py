"""Logs are read honestly, played without a look ahead, and scored as the books say."""
