"""Words in, values out: the days that a time covers, the number and unit of an amount.

``times.py`` first: what a claim's words for when mean; ``dates.py`` finds the dates that a
text names, ``relative.py`` reckons those that count from another day.
"""
