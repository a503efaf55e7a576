"""Settings of the whole house. Everything that differs between machines comes through `environment.py`."""

from __future__ import annotations

import importlib.util
import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from weimin.config import embedded, environment, logs

BASE_DIR = environment.BASE
DATA_DIR: Path = environment.path("WEIMIN_DATA")
TESTING = "pytest" in sys.modules


def stored_secret(path: Path) -> str:
    """The signing secret: made once, kept beside the data with mode 0600."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def database() -> dict[str, Any]:
    """Connection of DATABASE_URL, or of the embedded server, which is started when it is not running."""
    url = environment.text("DATABASE_URL")
    if not url:
        address = embedded.ensure(DATA_DIR / "test" if TESTING else DATA_DIR, durable=not TESTING)
        return {
            "HOST": address["host"],
            "PORT": address["port"],
            "USER": address["user"],
            "NAME": address["name"],
            "PASSWORD": "",
        }
    parts = urlsplit(url)
    host = parts.hostname or parse_qs(parts.query).get("host", [""])[0]  # ?host=/folder: a socket, as libpq reads it
    if parts.scheme not in ("postgresql", "postgres") or not host:
        raise environment.OddSetting("DATABASE_URL: postgresql://user:password@host:port/name is wanted")
    return {
        "HOST": host, "PORT": parts.port or 5432, "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""), "NAME": parts.path.lstrip("/"),
    }  # fmt: skip


DEBUG = environment.flag("WEIMIN_DEBUG")
DEMONSTRATION = environment.flag("WEIMIN_DEMONSTRATION")
HTTPS = environment.flag("WEIMIN_HTTPS")
SECRET_KEY = environment.text("WEIMIN_SECRET") or stored_secret(DATA_DIR / "secret")
KEY_FILE = environment.path("WEIMIN_KEY_FILE") if environment.text("WEIMIN_KEY_FILE") else DATA_DIR / "keys.json"
ALLOWED_HOSTS = environment.words("WEIMIN_HOSTS") + (["testserver"] if TESTING else [])
IDLE_SECONDS = environment.number("WEIMIN_IDLE_MINUTES") * 60
UPLOAD_BYTES = environment.number("WEIMIN_UPLOAD_MB") * 1024 * 1024
FONT_PATHS = environment.words("WEIMIN_FONT_PATHS")
OFFICE_FONTS = environment.words("WEIMIN_OFFICE_FONTS")
VIRUS_SCAN = environment.text("WEIMIN_VIRUS_SCAN")
METRICS_TOKEN = environment.text("WEIMIN_METRICS_TOKEN")
SECRET_KEYS = environment.text("WEIMIN_SECRET_KEYS")
MESSAGE_WEBHOOK = environment.text("WEIMIN_MESSAGE_WEBHOOK")
MESSAGE_WEBHOOK_SECRET = environment.text("WEIMIN_MESSAGE_WEBHOOK_SECRET")
WEBHOOK_NETWORKS = environment.networks("WEIMIN_WEBHOOK_NETWORKS")
VOICE_BACKEND = environment.text("WEIMIN_VOICE_BACKEND")
MESSAGE_BACKENDS = environment.pairs("WEIMIN_MESSAGE_BACKENDS")

GROUND = ["regions", "calendars", "jurisdictions"]
PER_JURISDICTION = [
    "walls", "secrets", "trail", "actions", "accounts", "messages", "indicators", "papers", "attachments", "flows", "sheets",
    "yamlfiles", "sites", "residents", "catalogue", "staffing", "buildout", "cases", "reception",
    "health", "examinations", "referrals", "epidemics", "education", "institutions", "exchange", "shell", "portal", "api", "demonstration", "ui",
]  # fmt: skip
BOTH = ["walls", "secrets", "trail", "actions", "accounts", "ui"]


def present(rooms: list[str]) -> list[str]:
    """App names of the rooms that exist (a room under construction has no AppConfig yet)."""
    return [f"weimin.{room}" for room in rooms if (Path(environment.BASE) / "weimin" / room / "apps.py").exists()]


FRAME = ["django.contrib.contenttypes", "django.contrib.sessions"]
SHARED_APPS = [
    "django_tenants",
    *FRAME,
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    *present(GROUND),
    *present(BOTH),
    "weimin.config",
    "procrastinate.contrib.django",
]
TENANT_APPS = [*FRAME, *present(PER_JURISDICTION)]
INSTALLED_APPS = list(dict.fromkeys([*SHARED_APPS, *TENANT_APPS]))
TENANT_MODEL, TENANT_DOMAIN_MODEL = "jurisdictions.Jurisdiction", "jurisdictions.Domain"
JURISDICTION_SECONDS = 0 if TESTING else 5  # for so long a process takes the jurisdiction of a host or cookie as it found it
TENANT_BASE_MIGRATE_COMMAND = "weimin.config.migrating.Command"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
ORIGINAL_BACKEND = "weimin.config.postgres"
TENANT_LIMIT_SET_CALLS = True

DATABASES = {
    "default": {
        "ENGINE": "django_tenants.postgresql_backend",
        **database(),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Read by Citus, ignored by plain PostgreSQL (scale.md, rule 3).
            "options": "-c citus.propagate_set_commands=local -c citus.enable_unsafe_triggers=on -c citus.use_citus_managed_tables=on",
        },
        "TEST": {"NAME": f"test_weimin_{os.environ.get('WEIMIN_TEST_NAME', 'main')}", "TEMPLATE": "template0"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def room(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


MIDDLEWARE = [
    "weimin.config.logs.RequestLogMiddleware",
    "weimin.config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "weimin.ui.csp.SecurityHeadersMiddleware",
    "weimin.ui.addresses.CleanAddressMiddleware",
    "weimin.ui.language.MarkChineseMiddleware",
    "weimin.jurisdictions.middleware.JurisdictionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "weimin.accounts.middleware.ActorMiddleware",
    "weimin.accounts.middleware.WallMiddleware",
    "weimin.actions.middleware.SaidMiddleware",
    "weimin.actions.middleware.RefusalMiddleware",
]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("weimin.") or room(name.rsplit(".", 1)[0])]
ROOT_URLCONF = "weimin.config.urls"
WSGI_APPLICATION = "weimin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *(["weimin.actions.said.context"] if room("weimin.actions") else []),
                *(["weimin.ui.context.page"] if room("weimin.ui") and room("weimin.ui.context") else []),
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LANGUAGE_CODE, TIME_ZONE, USE_TZ, USE_I18N = "zh-hans", "Asia/Shanghai", True, True
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]  # text: data
LANGUAGE_COOKIE_AGE = 365 * 86400

STATIC_URL, STATIC_ROOT = "/static/", DATA_DIR / "static"
STATICFILES_DIRS = [("vendor", BASE_DIR / "node_modules/echarts/dist")] if (BASE_DIR / "node_modules/echarts/dist").exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG or TESTING else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
MEDIA_ROOT = DATA_DIR / "attachments"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "weimin.accounts.sessions"
SESSION_COOKIE_NAME, SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE = "weimin_session", True, "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
CSRF_FAILURE_VIEW = "weimin.ui.errors.csrf_failure"
LOGIN_URL = "/sign-in/"
CSRF_COOKIE_HTTPONLY, CSRF_USE_SESSIONS = True, False
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY, X_FRAME_OPTIONS = "same-origin", "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W019"]  # weimin.ui.csp sets X-Frame-Options on every answer
PROCRASTINATE_ON_APP_READY = "weimin.config.jobs.on_app_ready" if room("weimin.config.jobs") else None

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    MEDIA_ROOT = DATA_DIR / "test" / "attachments" / os.environ.get("PYTEST_XDIST_WORKER", "main")

LOGGING = logs.configuration(environment.text("WEIMIN_LOG"))
