"""Pictures, on matplotlib."""
