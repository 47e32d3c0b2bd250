"""What the office writes: reminders and the analytic note, as values. Pure.

A letter and a note are composed here from a consolidation; ``printing`` makes documents of them.
"""
