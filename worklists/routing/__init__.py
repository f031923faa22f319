"""Which queue a denial goes to: the routing rules asked for one item or many, their numbered lists, their pages."""
