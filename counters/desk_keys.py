"""The keys of a desk."""

from queueapp.domain.words import sentence
from queueapp.tui.keys import Key

DESK_KEYS = (
    Key(
        key="n",
        action="call_next",
        label=sentence("Next"),
        help=sentence("Call whoever is next; asks to finish the customer in hand first."),
    ),
    Key(
        key="r",
        action="recall",
        label=sentence("Recall"),
        help=sentence("Call the customer in hand once more."),
    ),
    Key(
        key="s",
        action="start",
        label=sentence("Start"),
        help=sentence("The called customer has come: the service begins."),
    ),
    Key(
        key="f",
        action="finish",
        label=sentence("Finish"),
        help=sentence("The customer in hand is served."),
    ),
    Key(
        key="F",
        action="finish_with_note",
        label=sentence("Finish with a note"),
        help=sentence("Finish, and write a note about it."),
        in_bar=False,
    ),
    Key(
        key="h",
        action="hold",
        label=sentence("Hold"),
        help=sentence(
            "Put the customer aside for a while; with nobody in hand, go on with the one on hold."
        ),
    ),
    Key(
        key="h",
        action="resume",
        label=sentence("Resume"),
        help=sentence("Go on with the customer on hold."),
    ),
    Key(
        key="t",
        action="transfer",
        label=sentence("Transfer"),
        help=sentence("To another service or counter; the number and the place are kept."),
    ),
    Key(
        key="a",
        action="add_service",
        label=sentence("Add"),
        help=sentence("Add a further service on the same ticket."),
    ),
    Key(
        key="x",
        action="no_show",
        label=sentence("Not here"),
        help=sentence("The called customer did not come."),
    ),
    Key(
        key="u",
        action="undo",
        label=sentence("Undo"),
        help=sentence("Take back what you did last, while that is harmless."),
    ),
    Key(
        key="p",
        action="pause",
        label=sentence("Pause"),
        help=sentence("Call nobody for a while, with a reason and the minutes."),
    ),
    Key(
        key="p",
        action="open_desk",
        label=sentence("Open"),
        help=sentence("End the pause."),
    ),
    Key(
        key="l",
        action="list",
        label=sentence("List"),
        help=sentence("See everybody: take one now, or bring back who missed the call."),
    ),
    Key(
        key="i",
        action="print_again",
        label=sentence("Print"),
        help=sentence("Print a ticket that did not come out, or a copy."),
        in_bar=False,
    ),
    Key(
        key="c",
        action="close",
        label=sentence("Close"),
        help=sentence("Close the desk and sign off."),
    ),
)
