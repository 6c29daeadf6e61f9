"""Small questions about a branch that pages and API share."""

from queueapp.domain.branch import Branch, Category

NORMAL = "normal"


def usual_category(branch: Branch) -> Category:
    """The category of everybody who has no reason to go sooner."""
    for category in branch.categories:
        if category.code == NORMAL:
            return category
    return branch.categories[0]


def can_be_booked(branch: Branch) -> bool:
    """Whether customers may take an appointment on the page."""
    return any(service.booking and service.booking.on_page for service in branch.services)
