"""What the demo's tests can do without."""

import pytest

from queueapp.bootstrap.forecaster_keeper import ForecasterKeeper


@pytest.fixture
def without_estimates(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process that computes them: where nobody looks at them it only takes the processor."""
    monkeypatch.setattr(ForecasterKeeper, "_look", lambda _keeper, rest: rest)
