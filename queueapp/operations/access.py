"""Who else may come in: keys of other systems, webhooks, and what is forgotten in time."""

from dataclasses import replace

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Permission
from queueapp.domain.webhook import Webhook
from queueapp.operations.access_commands import (
    AddWebhook,
    ConfirmContact,
    CreateApiKey,
    ForgetWords,
    RemoveWebhook,
    RevokeApiKey,
)
from queueapp.operations.done import Done
from queueapp.operations.ports import Transaction


def create_api_key(transaction: Transaction, command: CreateApiKey) -> Done:
    """Keep a key; one for counters belongs to somebody on the staff."""
    if command.staff is not None:
        transaction.staff(command.staff)
    elif Scope.COUNTERS in command.scopes:
        raise Refused(Reason.KEY_NEEDS_STAFF)
    transaction.access.save_api_key(
        ApiKey(
            id=command.key_id,
            owner=command.owner,
            scopes=command.scopes,
            staff=command.staff,
            secret_hash=command.secret_hash,
            created_at=transaction.now,
        )
    )
    return Done(facts={"key": command.key_id, "owner": command.owner})


def revoke_api_key(transaction: Transaction, command: RevokeApiKey) -> Done:
    """End a key for good; its name stays in the list."""
    known = transaction.access.api_key(command.key_id)
    if known is None or known.revoked_at is not None:
        raise Refused(Reason.KEY_UNKNOWN)
    transaction.access.save_api_key(replace(known, revoked_at=transaction.now))
    return Done(facts={"key": known.id, "owner": known.owner})


def add_webhook(transaction: Transaction, command: AddWebhook) -> Done:
    """Tell an address everything from the next event on."""
    transaction.access.add_webhook(
        Webhook(
            id=command.webhook_id,
            owner=command.owner,
            url=command.url,
            kinds=command.kinds,
            secret=command.secret,
            told=transaction.revision,
        )
    )
    return Done(facts={"webhook": str(command.webhook_id)})


def remove_webhook(transaction: Transaction, command: RemoveWebhook) -> Done:
    """Tell it nothing more."""
    if transaction.access.webhook(command.webhook_id) is None:
        raise Refused(Reason.WEBHOOK_UNKNOWN)
    transaction.access.remove_webhook(command.webhook_id)
    return Done(facts={"webhook": str(command.webhook_id)})


def confirm_contact(transaction: Transaction, command: ConfirmContact) -> Done:
    """Delete the number of somebody who was contacted; how long they waited is kept."""
    if command.staff is not None:
        transaction.staff(command.staff).require(Permission.STEER)
    wished_at = transaction.access.forget_contact(command.ticket, command.ordinal)
    if wished_at is None:
        raise Refused(Reason.NOBODY_TO_CONTACT)
    waited = (transaction.now - wished_at).total_seconds()
    return Done(ticket=transaction.ticket(command.ticket), facts={"waited_s": round(waited)})


def forget_words(transaction: Transaction, command: ForgetWords) -> Done:
    """Delete what customers typed long enough ago."""
    forgotten = transaction.access.forget_words(command.before)
    forgotten += transaction.appointments.forget_before(command.before)
    return Done(facts={"forgotten": forgotten})
