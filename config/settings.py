"""Every setting in one file; whatever differs between two installations comes from the environment.

`.env.example` documents each variable. Nothing here is secret.
"""

import secrets
from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _
from environs import Env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

DEBUG: bool = env.bool("DEBUG", False)
# While DEBUG is on, a key of this process will do; elsewhere there is none that could be guessed.
SECRET_KEY: str = (
    env.str("SECRET_KEY", secrets.token_urlsafe(50)) if DEBUG else env.str("SECRET_KEY")
)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL: str = env.str("SITE_URL", "http://localhost:8000")
# Pages of a section look for the websocket process at /live/ of their own address.
LIVE_WRITING: bool = env.bool("LIVE_WRITING", True)

INSTALLED_APPS = [
    "accounts",
    "background",
    "briefs",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "reversion",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.dead_ends.NotAllowedMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "briefs.notices.context_processors.unread_notices",
            ],
        },
    },
]

# SQLite needs all three settings to take concurrent saves; PostgreSQL keeps its connections in a
# pool.
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'chancery.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 10}}
    # A connection that broke while it lay in the pool is replaced before somebody's save meets it.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_RESET_TIMEOUT = 24 * 3600

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
PDF_FONTS_DIR = BASE_DIR / "build" / "fonts"
# Processes that set pages, for each process that serves them: so many PDFs are made at once.
PDF_WORKERS: int = env.int("PDF_WORKERS", 2)
# PDFs that were set; pages as pictures, one by one; how far an export is. All processes of this
# machine share them.
PRINTS_DIR = Path(env.str("PRINTS_DIR", str(BASE_DIR / "var" / "prints")))
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "prints": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": PRINTS_DIR / "files",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": PRINTS_DIR / "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
    "runs": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": PRINTS_DIR / "runs",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}

# A mail server that answers nothing holds a worker for so many seconds, never a page.
EMAIL_TIMEOUT: int = env.int("EMAIL_TIMEOUT", 30)
EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "console:")
vars().update(
    {
        key: value
        for key, value in EMAIL_CONFIG.items()
        if key.startswith("EMAIL_") and (key != "EMAIL_TIMEOUT" or value)
    }
)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "Chancery <chancery@localhost>")
SERVER_EMAIL: str = env.str("SERVER_EMAIL", DEFAULT_FROM_EMAIL)

# Who hears of every act, within its transaction.
EVENT_SUBSCRIBERS = ["briefs.notices.telling.tell_of_act"]
# What is done outside of requests, and what of it is done by itself every so many seconds.
JOBS = {
    "send_mail": "briefs.notices.mailing.send_mail",
    "daily_mails": "briefs.notices.mailing.make_daily_mails",
    "dates": "briefs.notices.telling.tell_of_dates",
    "make_bundle": "briefs.bundling.making.make_bundle",
    "tell_of_bundle": "briefs.bundling.actions.tell_of_bundle",
    "forget_bundles": "briefs.bundling.actions.forget_bundles",
    "sweep": "background.queue.sweep",
}
TIMED_JOBS = {"daily_mails": 60, "dates": 15 * 60, "forget_bundles": 3600, "sweep": 3600}
# In a thread of the server instead of by `manage.py work`: for the demo, and for one desk.
WORK_IN_SERVER: bool = env.bool("WORK_IN_SERVER", False)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # The editor writes a few styles of its own, on the one page that asks for a nonce.
        "style-src": [SELF, NONCE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
IS_SERVED_OVER_HTTPS: bool = env.bool("HTTPS", not DEBUG)
SECURE_SSL_REDIRECT = IS_SERVED_OVER_HTTPS
SECURE_HSTS_SECONDS: int = env.int("HSTS_SECONDS", 31_536_000 if IS_SERVED_OVER_HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SERVED_OVER_HTTPS
SECURE_HSTS_PRELOAD = IS_SERVED_OVER_HTTPS
IS_BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IS_SERVED_OVER_HTTPS
CSRF_COOKIE_SECURE = IS_SERVED_OVER_HTTPS
SESSION_COOKIE_AGE: int = env.int("SESSION_HOURS", 12) * 3600
X_FRAME_OPTIONS = "DENY"

# Wrong passwords before one has to wait. The first keeps whoever guesses from going on, and nobody
# else: not the person themselves at another address, not colleagues behind the same one. The others
# stop guesses at one account from many addresses, and at many accounts from one. All wait so
# briefly that nobody is kept from work for long: attempts while waiting do not lengthen it. A
# success clears nothing, or whoever has an account could guess at others for ever.
SIGN_IN_LIMITS = {
    ("username", "ip_address"): 5,
    ("username",): 50,
    ("ip_address",): 100,
}
AXES_HANDLER = "accounts.sign_in_limits.SignInLimits"
AXES_LOCKOUT_PARAMETERS = [list(counted_by) for counted_by in SIGN_IN_LIMITS]
AXES_FAILURE_LIMIT = 1  # of the limits above
AXES_COOLOFF_TIME = timedelta(minutes=2)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.views.sign_in_refused"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

MESSAGE_TAGS = {message_levels.ERROR: "is-changes", message_levels.WARNING: "is-lapsed"}
