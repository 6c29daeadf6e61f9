"""The standard normal distribution and its inverse, for whole arrays at once."""

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


def normal_shares(scores: Numbers) -> Numbers:
    """The chance of no more than ``scores``; 0 and 1 outside of -6 and 6."""
    return np.interp(scores, _SCORES, _SHARES, left=0.0, right=1.0)
