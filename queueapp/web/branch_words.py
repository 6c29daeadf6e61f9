"""Small questions about a branch that pages and API share."""

from queueapp.domain.branch import Branch


def can_be_booked(branch: Branch) -> bool:
    """Whether customers may take an appointment on the page."""
    return any(service.booking and service.booking.on_page for service in branch.services)
