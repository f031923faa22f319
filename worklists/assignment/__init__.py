"""Who may take what, who is away, and how work changes hands: plans that are looked at first and can be undone."""
