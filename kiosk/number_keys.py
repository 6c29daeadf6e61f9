"""The number keys, on whichever keyboard: a kiosk may have a number pad and nothing else."""

from textual.binding import Binding, BindingType

KEYS = "123456789"
_SCRIPTS = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")


def number_bindings(action: str) -> list[BindingType]:
    """Bindings that run ``action(number)`` for each figure of every script."""
    return [
        Binding(",".join(digits), f"{action}({number})", show=False)
        for number, digits in enumerate(zip(*_SCRIPTS, strict=True))
    ]
