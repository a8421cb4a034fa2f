"""Dates as people write them, in their own calendar, read into days that can be compared (D-13).

`reading.read` takes what was typed and the key of a calendar (vocabulary `calendar`) and gives one
of the outcomes of `outcome`. Nothing is guessed: where a text can mean two days, both are given;
what cannot be is refused with the reason; what is not understood stays words.
"""
