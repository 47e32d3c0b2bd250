"""``sheetsync watch``: the свод is collected by itself whenever something arrives.

``schedule`` and ``arrivals`` decide what to do and when, and know no clock, folder or network;
``watcher`` does it; ``folder`` and ``events`` look at «Получено», ``in_google`` at the tick and at schools'
edits; ``running`` is one consolidation and the sentence of what it came to.
"""
