"""A copy becomes a submission: gate, recognise, match rows, read."""
