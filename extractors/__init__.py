"""Pure analysis: bytes and values in, records out."""
