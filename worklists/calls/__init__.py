"""Calls to payers about many claims at once: which are worth making, the sheet to read from, and what came of them."""
