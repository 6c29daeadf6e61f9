"""The kinds of array that the simulation is made of; shapes are given where they are used."""

import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.float64]
"""Seconds from the moment of the forecast, or lengths of time; ``inf``: never."""
Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
"""Indices into another array."""
Flags = NDArray[np.bool_]
Keys = NDArray[np.uint64]
"""Whose luck it is; see :mod:`queueapp.forecast.luck`."""
