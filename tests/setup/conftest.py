"""What the tests of the commands share: a home of their own, and programs that are not there."""

import pytest

from ground import paths


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home that nothing was made in yet."""
    new = tmp_path / "home"
    for name in ("APT", "ODOO", "LOGS", "VENV", "UV", "CACHE", "HOME"):
        monkeypatch.setattr(paths, name, new / getattr(paths, name).relative_to(paths.HOME))
    return new


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Put a shell script of a name first on the PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    def add(name, text):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    return add
