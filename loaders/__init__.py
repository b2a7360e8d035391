"""From files to facts: read, check, resolve."""
