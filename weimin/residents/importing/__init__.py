"""A county's residents from Excel or CSV: checked as columns, written through the walls in parts, all or only the good ones."""
