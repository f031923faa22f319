"""Evidence of an item: what is needed, where it stands, the documents that show it, and the requests for the rest."""
