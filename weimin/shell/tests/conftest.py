"""The small flow that the flows room tests with."""

from weimin.flows.tests.conftest import flow

__all__ = ["flow"]
