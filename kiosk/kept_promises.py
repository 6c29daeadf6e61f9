"""How good the last day's promises were, for customers of a branch that tells them."""

from queueapp.domain.live import LiveBranch
from queueapp.language import Language
from queueapp.language.advice_words import promise_words


def kept_promises(live: LiveBranch, language: Language) -> str:
    """One sentence; empty where the branch does not want it told, or there is too little to say."""
    outlook = live.estimates.outlook if live.estimates else None
    if not live.branch.shows_accuracy or outlook is None:
        return ""
    return promise_words(outlook.accuracy, live.day, language)
