"""Write README.rst and static/description/index.html of an addon from its readme fragments.

Usage: build_readme.py ADDON_FOLDER; run by ./setup/readme in Odoo's Python environment, which has docutils.
"""

import ast
import pathlib
import sys

from docutils.core import publish_parts

SECTIONS = (
    ("DESCRIPTION", ""),
    ("CONFIGURE", "Configuration"),
    ("USAGE", "Usage"),
    ("HISTORY", "History"),
)
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"/><title>{title}</title></head>
<body>
<section class="oe_container">
{body}
</section>
</body>
</html>
"""


def write(folder):
    """Write both files; the same fragments give the same bytes."""
    manifest = ast.literal_eval((folder / "__manifest__.py").read_text())
    text = "\n\n".join([_title(manifest["name"], "="), *_sections(folder), _licence(manifest)]) + "\n"
    (folder / "README.rst").write_text(text)
    pictures = sorted((folder / "static" / "description").glob("screenshot_*.png"))
    page = text + "".join(f"\n.. figure:: {picture.name}\n   :width: 100%\n" for picture in pictures)
    options = {"initial_header_level": 2, "embed_stylesheet": False, "syntax_highlight": "none", "report_level": 2}
    body = publish_parts(page, writer_name="html5", settings_overrides={**options, "halt_level": 2})["html_body"]
    (folder / "static" / "description" / "index.html").write_text(
        PAGE.format(title=manifest["name"], body=body.strip())
    )


def _sections(folder):
    for name, title in SECTIONS:
        fragment = folder / "readme" / f"{name}.rst"
        if fragment.exists():
            yield "\n\n".join(filter(None, [title and _title(title, "~"), fragment.read_text().strip()]))


def _licence(manifest):
    return f"{_title('Licence', '~')}\n\n{manifest['license']}. Author: {manifest['author']}."


def _title(text, line):
    return f"{text}\n{line * len(text)}"


if __name__ == "__main__":
    for place in sys.argv[1:]:
        write(pathlib.Path(place))
