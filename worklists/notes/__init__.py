"""Notes about items: the box in which they are written, drafts, phrases, mentions, and the panel that shows them."""
