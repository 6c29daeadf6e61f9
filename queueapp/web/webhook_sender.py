"""Tells other systems what happens: signed, in order, again until it was taken.

How far each was told is kept in the database, so a restart goes on where it stopped, and of several
processes of one branch only that which has claimed a webhook there tells it. What was sent but
could not be written down is sent once more: receivers know an event by its revision.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from queueapp.domain.webhook import Webhook
from queueapp.domain.words import Revision
from queueapp.operations.ports import StoreUnavailable
from queueapp.operations.web_ports import PastEvent
from queueapp.web.context import WebContext
from queueapp.web.following import Following

if TYPE_CHECKING:
    from queueapp.web.webhook_post import WebhookPost

PATIENCE = timedelta(seconds=10)
"""How long a receiver may take to answer."""
CLAIM = timedelta(minutes=1)
"""So long no other process tries a webhook, if this one dies while it tells it."""
LOOK_EVERY_S = 2.0
"""How often those whose next try has come are looked at, when nothing happens."""
AT_ONCE = 100
"""Events that are read in one go."""
MOST_UNWANTED = 25
"""So many events that a webhook does not want are left unwritten: each would be a commit."""
SIGNATURE = "Queueapp-Signature"
EVENT = "Queueapp-Event"


class WebhookSender:
    """One task that tells every webhook of the branch.

    ``written`` turns an event into what is sent.
    """

    def __init__(
        self,
        context: WebContext,
        following: Following,
        written: Callable[[PastEvent], dict[str, object]],
        *,
        look_every: float = LOOK_EVERY_S,
    ) -> None:
        self._context = context
        self._following = following
        self._written = written
        self._look_every = look_every
        self._post: WebhookPost | None = None

    async def run(self) -> None:
        """Go on until cancelled, or until nothing more will come."""
        try:
            while not self._following.is_over:
                seen = self._following.live.revision
                try:
                    await self.look()
                except StoreUnavailable:
                    await asyncio.sleep(self._look_every)
                except Exception:  # whatever it is, the next event is told nevertheless
                    logging.getLogger(__name__).exception("webhooks could not be told")
                    await asyncio.sleep(self._look_every)
                await self._following.reached(Revision(seen + 1), self._look_every)
        finally:
            if self._post is not None:
                await self._post.close()

    async def look(self) -> None:
        """Tell everybody what they have not been told and may be tried with now."""
        store, branch = self._context.store, self._context.branch
        webhooks = await asyncio.to_thread(store.webhooks, branch)
        now = self._context.clock()
        newest = self._following.live.revision
        due = [each for each in webhooks if each.told < newest and each.is_due(now)]
        if not due:
            return
        if self._post is None:
            self._post = await asyncio.to_thread(_new_post)  # pages are answered meanwhile
        post = self._post
        await asyncio.gather(*(self._tell(post, webhook) for webhook in due))

    async def _tell(self, post: "WebhookPost", webhook: Webhook) -> None:
        """Everything that is new for one webhook, until it refuses."""
        store, branch = self._context.store, self._context.branch
        events = await asyncio.to_thread(store.events_after, branch, webhook.told, AT_ONCE)
        is_worth_it = any(webhook.wants(event.kind) for event in events)
        if not is_worth_it and len(events) < MOST_UNWANTED:
            return
        claimed = self._context.clock() + CLAIM
        if not await asyncio.to_thread(store.claim, branch, webhook, claimed):
            return
        told = webhook
        try:
            for event in events:
                now = self._context.clock()
                if claimed - now < PATIENCE:
                    break
                if webhook.wants(event.kind) and not await self._send(post, webhook, event):
                    told = told.after_failure(event.revision, self._context.clock())
                    break
                told = told.after_success(event.revision)
        finally:  # also when the process is told to end: what was told is not told again
            await asyncio.to_thread(store.save_told, branch, told, claimed)

    async def _send(self, post: "WebhookPost", webhook: Webhook, event: PastEvent) -> bool:
        body = json.dumps(self._written(event), ensure_ascii=False).encode()
        sent_at = int(self._context.clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            EVENT: str(event.revision),
            SIGNATURE: f"t={sent_at},v1={signature(webhook.secret, sent_at, body)}",
        }
        return await post.send(webhook.url, body, headers)


def _new_post() -> "WebhookPost":
    from queueapp.web.webhook_post import WebhookPost  # noqa: PLC0415 - see there

    return WebhookPost(patience=PATIENCE)


def signature(secret: str, sent_at: int, body: bytes) -> str:
    """HMAC-SHA256 over the time and the body, hexadecimal; the time keeps old ones from use."""
    signed = f"{sent_at}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
