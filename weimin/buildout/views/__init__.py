"""Pages of the build-out: parse → one query or act → answer."""
