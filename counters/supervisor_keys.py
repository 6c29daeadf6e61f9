"""The keys of the supervisor's wall."""

from queueapp.domain.words import sentence
from queueapp.tui.keys import Key

KEYS = (
    Key(
        key="enter",
        action="act",
        label=sentence("Act"),
        help=sentence("Do something about the line you are on."),
    ),
    Key(
        key="1",
        action="deal(1)",
        label=sentence("Alert"),
        help=sentence("Deal with the alert of that number (1 to 9)."),
        in_bar=False,
    ),
    Key(
        key="a",
        action="follow",
        label=sentence("Advice"),
        help=sentence("Do what the line under the cursor advises, or else the best advice."),
    ),
    Key(
        key="u",
        action="take_back",
        label=sentence("Take back"),
        help=sentence("Take back the advice that was followed last, while that is harmless."),
        in_bar=False,
    ),
    Key(
        key="m",
        action="move",
        label=sentence("Move"),
        help=sentence("Move a ticket to another service or counter."),
    ),
    Key(
        key="b",
        action="bring_back",
        label=sentence("Bring back"),
        help=sentence("Bring back a ticket that was missed or cancelled."),
    ),
    Key(
        key="x",
        action="cancel",
        label=sentence("Cancel ticket"),
        help=sentence("Close the ticket of somebody who has left."),
    ),
    Key(  # so early that 80 columns need two lines for all of them, and not three
        key="d",
        action="day",
        label=sentence("Day"),
        help=sentence("Show today's waits and ratings, and come back."),
    ),
    Key(
        key="i",
        action="print_again",
        label=sentence("Print"),
        help=sentence("Print a ticket that did not come out, or a copy."),
        in_bar=False,
    ),
    Key(
        key="w",
        action="contact",
        label=sentence("Contact"),
        help=sentence("See who asked to be contacted, and say that it is done."),
        in_bar=False,
    ),
    Key(
        key="o",
        action="service",
        label=sentence("Open/close"),
        help=sentence("Open or close a service to newcomers."),
    ),
    Key(
        key="r",
        action="remote",
        label=sentence("Remote"),
        help=sentence("Give tickets for a service in the hall only, or by phone again."),
        in_bar=False,
    ),
    Key(
        key="s",
        action="services",
        label=sentence("Serves"),
        help=sentence("Change what a counter serves, and in which order."),
    ),
    Key(
        key="p",
        action="pause",
        label=sentence("Pause"),
        help=sentence("Pause a desk, or end its pause."),
    ),
    Key(
        key="c",
        action="close",
        label=sentence("Close desk"),
        help=sentence("Close a desk and sign its clerk off."),
        in_bar=False,
    ),
    Key(
        key="right",
        action="chart(1)",
        label=sentence("Next chart"),
        help=sentence("Show the day of the next service (← → go through them)."),
        in_bar=False,
    ),
    Key(
        key="q",
        action="leave",
        label=sentence("Leave"),
        help=sentence("Leave the wall."),
    ),
)
