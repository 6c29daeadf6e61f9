"""Linear regression with few coefficients, by coordinate descent.

J. Friedman, T. Hastie, R. Tibshirani, "Regularization paths for generalized linear models via
coordinate descent", Journal of Statistical Software 33 (2010), with covariance updates.
"""

from dataclasses import dataclass

import numpy as np

from queueapp.forecast.arrays import Numbers
from queueapp.forecast.compiled import compiled

PENALTIES = 20
"""How many penalties are tried, from the one that leaves nothing down to a thousandth of it."""
SMALLEST_PENALTY = 1e-3
HELD_OUT = 0.25
"""The share of the latest rows on which the penalty is chosen."""
CONSTANT = 1e-9
"""A feature that varies less than this says nothing."""
SWEEPS = 400
PRECISION = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A fitted regression."""

    centre: Numbers
    """Shape (features,)."""
    slopes: Numbers
    """Shape (features,)."""
    level: float

    def at(self, features: Numbers) -> Numbers:
        """The predicted value for each row of ``features`` (shape: any, features)."""
        return np.asarray(self.level + (features - self.centre) @ self.slopes)


def fitted(features: Numbers, values: Numbers) -> Line:
    """The lasso whose penalty predicts the latest quarter of the rows best, fitted to them all.

    ``features``: shape (rows, features), in order of time; ``values``: shape (rows,).
    """
    cut = int(len(values) * (1 - HELD_OUT))
    path = _path(features[:cut], values[:cut])
    missed = [float(np.abs(line.at(features[cut:]) - values[cut:]).mean()) for line in path]
    best = int(np.argmin(missed))
    return _path(features, values)[best]


def _path(features: Numbers, values: Numbers) -> list[Line]:
    centre, level = features.mean(axis=0), float(values.mean())
    scale = features.std(axis=0)
    useful = scale > CONSTANT
    standard = (features[:, useful] - centre[useful]) / scale[useful]
    gram = standard.T @ standard / len(values)
    towards = standard.T @ (values - level) / len(values)
    largest = float(np.abs(towards).max(initial=1e-12))
    slopes = np.zeros(len(towards))
    lines = []
    for penalty in largest * np.geomspace(1.0, SMALLEST_PENALTY, PENALTIES):
        _descend(gram, towards, slopes, float(penalty), SWEEPS, PRECISION * largest)
        full = np.zeros(len(centre))
        full[useful] = slopes / scale[useful]
        lines.append(Line(centre=centre, slopes=full, level=level))
    return lines


@compiled
def _descend(
    gram: Numbers,
    towards: Numbers,
    slopes: Numbers,
    penalty: float,
    sweeps: int,
    precision: float,
) -> None:
    """Move ``slopes`` (in place) to the minimum for ``penalty``."""
    for _ in range(sweeps):
        moved = 0.0
        for place in range(len(slopes)):
            pull = towards[place] + gram[place, place] * slopes[place]
            for other in range(len(slopes)):
                pull -= gram[place, other] * slopes[other]
            size = abs(pull) - penalty
            slope = np.sign(pull) * size / gram[place, place] if size > 0 else 0.0
            moved = max(moved, abs(slope - slopes[place]))
            slopes[place] = slope
        if moved <= precision:
            break
