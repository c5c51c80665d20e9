"""What the subcommands of ``matxai`` do."""
