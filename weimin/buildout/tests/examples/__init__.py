"""One valid use of each action of the room; one module a part, each with its own EXAMPLES."""

from importlib import import_module
from pkgutil import iter_modules

from weimin.actions.examples import Example

EXAMPLES: dict[str, Example] = {}
for part in iter_modules(__path__):
    EXAMPLES |= import_module(f"{__name__}.{part.name}").EXAMPLES
