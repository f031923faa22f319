"""Exceptions as people work them: the list, one case, its owner, its fix, and what became of what it held up."""
