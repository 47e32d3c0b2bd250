"""The one step pyproject.toml cannot say: pack templates and macros into the package.

The templates live in ``workbook_templates/``, where an office finds and restyles them; the text of
the macros lives in ``macros/``, for whoever wants to read them or put them in by hand.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

PACKED = (".xlsx", ".docx", ".bin", ".xlam", ".oxt")
"""Templates, the macros of the district workbook's buttons, and the add-ins of Excel and LibreOffice."""


class BuildWithTemplates(build_py):
    """``build_py``, then the templates beside the code (an editable install reads the source)."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        package = Path(self.build_lib) / "sheetsync"
        shutil.copytree("macros", package / "macros", dirs_exist_ok=True)
        target = package / "templates"
        target.mkdir(parents=True, exist_ok=True)
        for template in sorted(Path("workbook_templates").iterdir()):
            if template.suffix in PACKED:
                shutil.copy2(template, target)


setup(cmdclass={"build_py": BuildWithTemplates})
