"""Weimin: the public-service network of a Chinese county or township."""

__version__ = "0.1.0"
