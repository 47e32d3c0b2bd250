"""Letters are handed to a mail server, when asked."""
