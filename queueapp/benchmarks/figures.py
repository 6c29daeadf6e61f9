"""Percentiles of measured times."""

from collections.abc import Iterable


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of ``values`` do not exceed."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing was measured")
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def milliseconds(seconds: Iterable[float]) -> dict[str, float]:
    """``p50``, ``p95`` and ``p99`` of ``seconds``, in milliseconds."""
    measured = list(seconds)
    return {
        name: round(percentile(measured, share) * 1000, 2)
        for name, share in (("p50", 0.50), ("p95", 0.95), ("p99", 0.99))
    }
