"""A home folder, the files Google gives an office, and a browser with somebody in front of it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit
from urllib.request import urlopen

import pytest
from google_district import GoogleDistrict

from sheetsync import cli
from sheetsync.office.systems import this_machine

CLIENT_SECRET = "GOCSPX-planted-client-secret"
ROBOT = "robot@office.iam.gserviceaccount.com"

Said = tuple[int, str, str]


def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whatever the commands keep goes here, not into the settings of who runs the tests."""
    home = tmp_path / "home"
    (home / ".config").mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("APPDATA", str(home / "AppData"))
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(home / "gcloud"))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    assert this_machine().settings.is_relative_to(home)
    return home


def run(capfd: pytest.CaptureFixture[str], *arguments: object) -> Said:
    code = cli.run([str(one) for one in arguments])
    out, err = capfd.readouterr()
    return code, out, err


def in_one_line(text: str) -> str:
    """What was said, without the breaks of a narrow terminal."""
    return " ".join(text.split())


def client_file(folder: Path, kind: str = "installed") -> Path:
    """«client_secret.json»; the addresses in it lead astray."""
    path = folder / "client_secret.json"
    told = {
        "client_id": "123-office.apps.googleusercontent.com",
        "client_secret": CLIENT_SECRET,
        "auth_uri": "http://127.0.0.1:9/evil",
        "token_uri": "http://127.0.0.1:9/evil",
    }
    path.write_text(json.dumps({kind: told}), encoding="utf-8")
    return path


def key_file(folder: Path, district: GoogleDistrict, email: str = ROBOT) -> Path:
    """The key of a service account; the address in it leads astray."""
    path = folder / "key.json"
    told = {**district.key(email), "project_id": "office", "token_uri": "http://127.0.0.1:9/evil"}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


class Browser:
    """A browser, and a person who presses one link of the page; ``lead`` may change the page's address."""

    def __init__(self, link: str = "Разрешить", lead: Callable[[str], str] = str) -> None:
        self.link = link
        self.lead = lead
        self.addresses: list[str] = []
        self.thanks = ""

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        self.addresses.append(url)
        threading.Thread(target=self._pressed, args=(self.lead(url),), daemon=True).start()
        return True

    def _pressed(self, address: str) -> None:
        with urlopen(address) as answer:
            page = answer.read().decode()
        found = re.search(rf'href="([^"]+)">{self.link}', page)
        assert found
        with urlopen(unescape(found[1])) as answer:
            self.thanks = answer.read().decode()

    @property
    def asked(self) -> dict[str, str]:
        """What Google's page was asked with."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.addresses[-1]).query).items()}

    def sits_at(self, monkeypatch: pytest.MonkeyPatch) -> Browser:
        """From now on this is the computer's browser."""
        monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
        monkeypatch.setattr("webbrowser.get", lambda using=None: self)
        return self


def with_query(address: str, **changed: str) -> str:
    """The address with some of its parameters changed."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | changed
    return urlunsplit(parts._replace(query=urlencode(query)))
