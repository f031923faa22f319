"""The six weeks ahead: what will be lost at today's pace, what would help, and what a change would save."""
