"""Settings of a test run: production's, over plain HTTP, on the database of DATABASE_URL.

The environment is set before config.settings reads it; a `.env` doesn't change what is tested.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "CHANCERY_TEST_FOLDER" not in os.environ:
    # Inherited by the other processes of the run, which is why its maker alone removes it.
    os.environ["CHANCERY_TEST_FOLDER"] = tempfile.mkdtemp(prefix="chancery-tests-")
    atexit.register(shutil.rmtree, os.environ["CHANCERY_TEST_FOLDER"], ignore_errors=True)
TEST_FOLDER = Path(os.environ["CHANCERY_TEST_FOLDER"])

os.environ.setdefault("DATABASE_URL", f"sqlite:///{TEST_FOLDER / 'chancery.sqlite3'}")
os.environ["PYTHON_DOTENV_DISABLED"] = "1"
os.environ["SECRET_KEY"] = "tests-only-not-a-secret-0123456789abcdefghijklmnopqrstuvwxyz"
os.environ["DEBUG"] = "0"
os.environ["HTTPS"] = "0"
os.environ["PRINTS_DIR"] = str(TEST_FOLDER / "prints")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in use: Django's default for tests is a memory database that all threads share.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_FOLDER / "test.sqlite3")}

# Tests read the built files where they are; tests/setup/test_build.py collects them.
STATIC_ROOT = TEST_FOLDER / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Coverage knows the lines of a template only then.
TEMPLATES[0]["OPTIONS"]["debug"] = True  # type: ignore[index]
# pytest-django's live server has no sockets; tests of live writing start one that has.
LIVE_WRITING = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
