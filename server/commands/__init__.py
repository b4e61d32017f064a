"""The subcommands of `marchland`, one module each."""
