"""Tokens of other programs, and webhooks that tell them what was done."""

from weimin.api.models.tokens import Token
from weimin.api.models.webhooks import Delivery, DeliveryAttempt, Webhook

__all__ = ["Delivery", "DeliveryAttempt", "Token", "Webhook"]
