"""``python -m sheetsync`` is the command line."""

from sheetsync.cli import main

main()
