"""Reads, by kind of page."""
