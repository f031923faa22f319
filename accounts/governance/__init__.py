"""How the rules of work change: drafted by one person, approved by another, in force from a date, rolled back, retired.

One mechanism for every area (`areas.Area`). A change holds what a form would send, so that drafting, approving and
rolling back all go through the form that checks and saves the row (`edits`).
"""
