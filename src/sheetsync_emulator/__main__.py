"""``python -m sheetsync_emulator``: the stand-in on a port, until Ctrl+C."""

from __future__ import annotations

import argparse
import signal
import sys
from typing import Final

from sheetsync_emulator.files import SPREADSHEET
from sheetsync_emulator.server import Server
from sheetsync_emulator.service import Emulator

SOMEBODY: Final = "somebody@example.org"
PRIVATE: Final = "1jIKzPs8LsiZZdLdeMEP-5ZIHw6RkjiOmj1LrJN706Yc"
"""A spreadsheet of another account, with the id of the one that gspread's own tests try to open."""


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    emulator = Emulator(asked.owner, service_accounts_own_files=not asked.no_service_account_files)
    emulator.shelf.made("Private", SPREADSHEET, SOMEBODY, [], PRIVATE)
    server = Server(emulator, asked.port)
    emulator.shelf.place = server.url
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's job in the background ignores it
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    finally:
        server.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sheetsync_emulator",
        description="A stand-in for Google Sheets and Drive on this computer. Not Google; nothing leaves.",
    )
    parser.add_argument("--port", type=int, default=0, help="0 = any free one")
    parser.add_argument("--owner", default="office@example.org", help="who calls without a token")
    parser.add_argument(
        "--no-service-account-files",
        action="store_true",
        help="service accounts may own no files, as at Google today",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
