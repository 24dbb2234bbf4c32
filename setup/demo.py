"""Starts Chancery here with demo people and a sample brief; what is written in it is kept."""

import os
import secrets
import socket
import subprocess
import sys

import uvicorn

from setup.install import ROOT

HOST = "127.0.0.1"
PORTS_TO_TRY = 50
VAR = ROOT / "var"
COMMANDS = ["migrate", "load_brief_template", "make_demo"]


def secret_key() -> str:
    """Return the demo's own key, made once, so that a restart signs nobody out."""
    file = VAR / "demo-secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def listen() -> socket.socket:
    """Return a socket at PORT, or at the next free one, that already takes calls."""
    wanted = os.environ.get("PORT", "8000")
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        sys.exit(f"PORT must be a number between 1 and 65535, not “{wanted}”.")
    first = int(wanted)
    for port in range(first, min(first + PORTS_TO_TRY, 65536)):
        candidate = socket.socket()
        # Without it, a port stays taken for a minute after the last demo ended.
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((HOST, port))
            candidate.listen()
        except OSError:
            candidate.close()
        else:
            return candidate
    sys.exit(f"No port is free from {first} on: name another one with PORT=…")


def main() -> None:
    VAR.mkdir(exist_ok=True)
    listener = listen()
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEBUG": "1",
            "HTTPS": "0",
            "SECRET_KEY": secret_key(),
            "DATABASE_URL": f"sqlite:///{VAR / 'demo.sqlite3'}",
            "EMAIL_URL": "console:",
            "WORK_IN_SERVER": "1",
            "SITE_URL": address,
            "ALLOWED_HOSTS": f"{HOST},localhost",
        }
    )
    for command in COMMANDS:
        options = ["--verbosity=0"] if command == "migrate" else []
        subprocess.run([sys.executable, "manage.py", command, *options], cwd=ROOT, check=True)
    print(f"\nChancery: {address}/ (Ctrl-C ends it; what is written stays in var/)\n", flush=True)
    server = uvicorn.Server(
        uvicorn.Config(
            "config.asgi:application",
            log_level="warning",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
        )
    )
    server.run(sockets=[listener])


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failure:
        sys.exit(f"The demo could not be prepared: {failure}")
    except KeyboardInterrupt:
        print("\nStopped.")
