"""Settings of a measurement: production's, over plain HTTP, on the database made for it.

The environment is set before config.settings reads it; a `.env` doesn't change what is measured.
"""

import os
import secrets

os.environ["PYTHON_DOTENV_DISABLED"] = "1"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
os.environ["DEBUG"] = "0"
os.environ["HTTPS"] = "0"

from config.settings import *  # noqa: F403, TID251
from config.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: TID251

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
# There is one thread, which keeps its connection; a pool would outlive the server.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
# Nothing is collected for a run: pages only name static files.
STATIC_ROOT = None  # type: ignore[assignment]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
