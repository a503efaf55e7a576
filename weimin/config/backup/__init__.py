"""Backup, verification and restoring of one installation: database and attachments in one file, keys never."""
