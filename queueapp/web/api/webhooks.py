"""Where other systems are told what happens."""

import asyncio
import secrets
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.webhook import Webhook
from queueapp.operations.access_commands import AddWebhook, RemoveWebhook
from queueapp.web.api import models as m
from queueapp.web.api.address import ADDRESS
from queueapp.web.api.answers import done
from queueapp.web.api.asking import OwnCommandId, key_for, own_or_new
from queueapp.web.api.documenting import problems
from queueapp.web.office import Office

SECRET_BYTES = 32


def webhook_routes(office: Office) -> APIRouter:
    """Everything under ``/webhooks``; a key sees those of its own owner."""
    routes = APIRouter(prefix=f"{ADDRESS}/webhooks", tags=["webhooks"])
    key = Depends(key_for(office, Scope.WEBHOOKS))

    @routes.get("", responses=problems())
    async def read_all(sent: Annotated[ApiKey, key]) -> list[m.WebhookAnswer]:
        """Every address of this owner."""
        return [m.WebhookAnswer.model_validate(_facts(each)) for each in await _own(office, sent)]

    @routes.post("", status_code=HTTPStatus.CREATED, responses=problems())
    async def add(
        new: m.NewWebhook, sent: Annotated[ApiKey, key], own_id: OwnCommandId = None
    ) -> m.NewWebhookAnswer:
        """Tell an address everything from now on; its secret is shown this once."""
        # Of a command that is sent twice, the id is the same: so is the webhook.
        command = own_or_new(own_id)
        webhook_id = UUID(int=command.int)
        await office.lane.do(
            AddWebhook(
                command_id=command,
                webhook_id=webhook_id,
                owner=sent.owner,
                url=new.url,
                kinds=frozenset(new.kinds),
                secret=secrets.token_urlsafe(SECRET_BYTES),
            )
        )
        # Read anew: sent twice at once, one of two secrets was kept.
        added = await _own_webhook(office, sent, webhook_id)
        return m.NewWebhookAnswer.model_validate(_facts(added) | {"secret": added.secret})

    @routes.delete("/{webhook}", responses=problems(HTTPStatus.NOT_FOUND))
    async def remove(
        webhook: UUID, sent: Annotated[ApiKey, key], own_id: OwnCommandId = None
    ) -> m.Done:
        """Tell it nothing more."""
        await _own_webhook(office, sent, webhook)
        return done(
            await office.lane.do(RemoveWebhook(command_id=own_or_new(own_id), webhook_id=webhook))
        )

    return routes


async def _own(office: Office, key: ApiKey) -> list[Webhook]:
    every = await asyncio.to_thread(office.context.store.webhooks, office.context.branch)
    return [webhook for webhook in every if webhook.owner == key.owner]


async def _own_webhook(office: Office, key: ApiKey, webhook_id: UUID) -> Webhook:
    for webhook in await _own(office, key):
        if webhook.id == webhook_id:
            return webhook
    raise Refused(Reason.WEBHOOK_UNKNOWN)


def _facts(webhook: Webhook) -> dict[str, object]:
    return {
        "id": webhook.id,
        "owner": webhook.owner,
        "url": webhook.url,
        "kinds": sorted(webhook.kinds),
        "told": webhook.told,
        "failures": webhook.failures,
        "left_out": webhook.left_out,
    }
