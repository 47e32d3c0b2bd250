"""``python -m sheetsync`` is the command line."""

from sheetsync.memory import tidy_rarely

tidy_rarely()  # what is loaded from here on lives till the end

from sheetsync.cli import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    main()
