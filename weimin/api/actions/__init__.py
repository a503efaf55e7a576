"""Every write of the room: tokens (`tokens`), webhooks (`webhooks`)."""

from weimin.api.actions import tokens, webhooks

__all__ = ["tokens", "webhooks"]
