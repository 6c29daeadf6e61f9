"""The inverse of the standard normal distribution, for whole arrays at once."""

from statistics import NormalDist

import numpy as np

from queueapp.forecast.arrays import Numbers

_SCORES: Numbers = np.linspace(-6.0, 6.0, 1537)
_SHARES: Numbers = np.array([NormalDist().cdf(float(score)) for score in _SCORES])
_SCORES.setflags(write=False)
_SHARES.setflags(write=False)


def normal_scores(chances: Numbers) -> Numbers:
    """The quantiles at ``chances``, within -6 and 6."""
    return np.interp(chances, _SHARES, _SCORES)
