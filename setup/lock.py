"""Resolves pyproject.toml and package.json into locks that hold no addresses."""

import json

from setup.install import LOCK, NPM, PYTHON, ROOT, run

COMPILE = (
    "pip compile --universal --generate-hashes --python-version 3.11"
    " --no-emit-index-url --no-emit-find-links --quiet --group dev pyproject.toml"
)
NODE_LOCK = ROOT / "package-lock.json"


def remove_funding() -> None:
    """Npm copies its packages' funding pages into the lock, and nothing reads them."""
    lock = json.loads(NODE_LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    NODE_LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    # uv writes its command into the file: relative names keep this machine's folders out of it.
    run(PYTHON, "-m", "uv", *COMPILE.split(), "-o", LOCK.name)
    run("node", NPM, "install", "--package-lock-only", "--ignore-scripts")
    remove_funding()
