"""Tests build and look at rows everywhere; actions and pages still enter as who they are."""

from weimin.health.tests.conftest import everywhere

__all__ = ["everywhere"]
