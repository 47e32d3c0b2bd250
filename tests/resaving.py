"""What a real LibreOffice makes of files: opened and saved again, without a window."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

SECONDS = 300


def saved_by_libreoffice(folder: Path, files: Iterable[Path], kind: str = "xlsx") -> dict[str, Path]:
    """Files saved as another kind («ods», «xlsm:Calc MS Excel 2007 VBA XML»), all in one start; by new name.

    ``folder`` takes the office's profile and what it saves.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "LibreOffice is needed here (Debian package libreoffice-calc)"
    out = folder / f"saved-{kind.partition(':')[0]}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", kind, "--outdir", str(out), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return {one.name: one for one in out.iterdir()}
