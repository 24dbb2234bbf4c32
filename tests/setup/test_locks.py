import json
from pathlib import Path

import pytest

from setup.install import ROOT

LOCKS = ["package-lock.json", "requirements.lock", "requirements-bootstrap.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name: str):
    text = (ROOT / name).read_text()

    assert len(text) > 1000
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


def test_npm_is_told_to_keep_addresses_out_of_its_lock():
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().splitlines()


def test_every_npm_package_is_pinned_by_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert {name for name, package in packages.items() if not package.get("integrity")} == {""}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-bootstrap.txt"])
def test_every_python_package_is_pinned_by_its_hash(name: str):
    packages = [entry for entry in entries(ROOT / name) if "==" in entry]

    assert packages
    assert [entry for entry in packages if "--hash=sha256:" not in entry] == []


def entries(lock: Path) -> list[str]:
    """Return each requirement with its continuation lines."""
    return lock.read_text().replace("\\\n", " ").splitlines()
