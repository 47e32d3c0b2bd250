"""The stand-in as a program of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import requests

from sheetsync_emulator.__main__ import PRIVATE


def test_it_starts_from_the_command_line_and_stops_on_request() -> None:
    """`python -m sheetsync_emulator` says where it listens; another account's spreadsheet is closed to us."""
    command = [
        sys.executable,
        "-m",
        "sheetsync_emulator",
        "--owner",
        "me@example.org",
        "--no-service-account-files",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        url = running.stdout.readline().strip()
        with requests.Session() as session:
            me = session.get(f"{url}/drive/v3/about?fields=user(emailAddress)").json()
            private = session.get(f"{url}/v4/spreadsheets/{PRIVATE}").status_code
        os.kill(running.pid, signal.SIGINT)
        _, errors = running.communicate(timeout=30)

    assert url.startswith("http://127.0.0.1:")
    assert me == {"user": {"emailAddress": "me@example.org"}}
    assert private == 403
    assert (running.returncode, errors.strip()) == (0, "")
