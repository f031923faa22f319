"""A draft of the routing rules asked about what came in lately and what is open: who would get what."""
