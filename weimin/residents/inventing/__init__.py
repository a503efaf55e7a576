"""Invented residents for demonstrations and measurements: plausible, always the same for a seed, and nobody who lives."""
