"""The shape of input: one form is the schema of an action for pages, API, Excel and the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms

from weimin.walls.actor import Actor


class ActionForm(forms.Form):
    """A form that knows who fills it in and for what. Subclasses use self.actor, self.target, self.now (any may be None)."""

    required_css_class = "req"
    initial: dict[str, Any]

    def __init__(self, *args: Any, actor: Actor | None = None, target: Any = None, now: datetime | None = None, **kwargs: Any) -> None:
        self.actor, self.target, self.now = actor, target, now
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Hook: limit choices to the actor's range, fill in what is known already."""

    def offer(self, name: str, choices: Any) -> None:
        """The choices of one of the form's own choice fields: pairs (value, label)."""
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class NoInput(ActionForm):
    """An action that needs nothing typed."""
