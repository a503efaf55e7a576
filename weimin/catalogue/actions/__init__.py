"""Every write of the catalogue: whole files, drafts, publication, taking out of service."""

from weimin.catalogue.actions import drafts, importing, service

__all__ = ["drafts", "importing", "service"]
