"""The branch files that come with the program, as texts and as branches."""

from queueapp.config.branch_file import parse_branch
from queueapp.config.sample_texts import sample_text
from queueapp.domain.branch import Branch


def sample_branch_toml() -> str:
    """What ``queueapp init`` writes: a small telecom office, explained line by line."""
    return sample_text("first_branch.toml")


def telecom_office_toml() -> str:
    """The larger office of ``queueapp demo``: five services, six counters, open at any hour."""
    return sample_text("telecom_office.toml")


def telecom_office() -> Branch:
    """The branch that :func:`telecom_office_toml` describes."""
    return parse_branch(telecom_office_toml(), name="telecom_office.toml")
