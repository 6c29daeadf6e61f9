"""The terminals as real windows show them, under an X server without a screen."""
