"""Forgets what customers typed once the branch's time for it is over."""

import asyncio
import logging

from queueapp.operations.access_commands import ForgetWords
from queueapp.operations.ports import StoreUnavailable
from queueapp.web.office import Office

LOOK_EVERY_S = 600.0


async def forget_in_time(office: Office, *, look_every: float = LOOK_EVERY_S) -> None:
    """Look again and again until cancelled; the beginning of each day does the same."""
    while True:
        try:
            await forget_now(office)
        except StoreUnavailable:
            pass  # the next look will do
        except Exception:  # a task that ended would forget nothing any more
            logging.getLogger(__name__).exception("what customers typed could not be deleted")
        await asyncio.sleep(look_every)


async def forget_now(office: Office) -> None:
    """Delete what is too old; nothing is written where there is none."""
    before = office.context.clock() - office.live.branch.phone.keep_words
    store, branch = office.context.store, office.context.branch
    if await asyncio.to_thread(store.has_words_before, branch, before):
        await office.lane.do(ForgetWords(before=before))
