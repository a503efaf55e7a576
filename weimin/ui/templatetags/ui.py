"""`{% load ui %}`: every component and filter of the room. The parts live in `weimin/ui/components/`, one module an idea."""

from django.template import Library

from weimin.ui.components import charts, forms, layout, maps, status, tables, words

register = Library()
for part in (status, forms, tables, charts, maps, layout, words):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
