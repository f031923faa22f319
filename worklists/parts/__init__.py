"""What the parts of the page of an item say, in words: one mapping for each part, made by one function.

Django's templates take about ten times as long for a value with a filter as Python does, and the page of an item shows
hundreds. So a part is one `{% kept then ... %}` in its template (config/templatetags/kept.py), and all that it shows
stands here: words that are put in, yes and no that decide, and lists of both. Pure: `today` is always handed in.
"""
