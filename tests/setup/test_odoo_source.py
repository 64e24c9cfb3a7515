"""Where Odoo comes from, and what is said where it does not."""

import hashlib

import pytest

from ground import odoo_source
from ground.console import Problem


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """An Odoo of a version, named in ODOO_SRC."""

    def make(version):
        release = tmp_path / "odoo" / "release.py"
        release.parent.mkdir()
        release.write_text(f"version_info = {version}\nversion = '.'.join(map(str, version_info))\n")
        monkeypatch.setenv("ODOO_SRC", str(tmp_path))
        return tmp_path

    return make


def test_a_named_tree_is_taken(tree):
    place = tree((19, 0))
    assert odoo_source.find() == place


def test_a_tree_of_another_version_is_refused(tree):
    tree((18, 0))
    with pytest.raises(Problem, match=r"holds Odoo 18\.0, not 19\.0"):
        odoo_source.find()


def test_a_folder_without_odoo_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_SRC", str(tmp_path))
    with pytest.raises(Problem, match=r"holds no odoo/release\.py") as caught:
        odoo_source.find()
    assert "ODOO_SRC" in caught.value.remedy


def test_no_network_is_told_with_the_way_out(home, monkeypatch, script):
    monkeypatch.setenv("BOTTEGA_DEBIAN_MIRROR", "file:///nowhere")
    monkeypatch.setattr(odoo_source, "_installed", lambda: None)
    monkeypatch.delenv("ODOO_SRC", raising=False)
    script("apt-get", "echo 'Could not resolve the mirror' >&2; exit 100")
    with pytest.raises(Problem, match="Could not resolve the mirror") as caught:
        odoo_source.find()
    assert "Check the network" in caught.value.remedy
    assert "ODOO_SRC" in caught.value.remedy


def test_a_wrong_checksum_deletes_the_package(tmp_path):
    package = tmp_path / "odoo-19_all.deb"
    package.write_bytes(b"not Odoo")
    with pytest.raises(Problem, match=hashlib.sha256(b"not Odoo").hexdigest()):
        odoo_source._check_sum(package)
    assert not package.exists()


def test_the_pinned_version_is_taken_while_the_index_holds_it(script, capsys):
    script("apt-cache", f"echo ' odoo-19 | 19.0.9-1 | sid'; echo ' odoo-19 | {odoo_source.VERSION} | sid'")
    assert odoo_source._choose_version(None) == odoo_source.VERSION
    assert not capsys.readouterr().err


def test_a_newer_version_in_the_index_is_taken_with_a_warning(script, capsys):
    script("apt-cache", "echo ' odoo-19 | 19.0.9-1 | sid'")
    assert odoo_source._choose_version(None) == "19.0.9-1"
    assert "on which Bottega was not tested" in capsys.readouterr().err


def test_an_index_without_odoo_is_told(script):
    script("apt-cache", "exit 0")
    with pytest.raises(Problem, match="no odoo-19 package"):
        odoo_source._choose_version(None)
