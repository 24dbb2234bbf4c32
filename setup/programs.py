"""Where the programs are that Chancery does not install itself: Chromium and PostgreSQL."""

import shutil
from pathlib import Path

CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
POSTGRES_HOMES = Path("/usr/lib/postgresql")


def find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def find_postgres() -> Path | None:
    """Return the server's programs' folder; Debian keeps one per version, off the PATH."""
    on_path = shutil.which("initdb")
    homes = [Path(on_path).resolve().parent] if on_path else []
    homes += sorted(
        POSTGRES_HOMES.glob("*/bin"), key=lambda home: home.parent.name.zfill(3), reverse=True
    )
    return next((home for home in homes if is_postgres_home(home)), None)


def is_postgres_home(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("initdb", "postgres", "pg_isready"))
