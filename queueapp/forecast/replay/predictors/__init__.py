"""The predictors that are established, to be scored beside our own on the same visits."""
