"""Every read on cases."""
