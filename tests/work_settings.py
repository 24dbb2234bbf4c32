"""Settings of a worker in a process of its own that writes its mails to a folder, and can be made
to hang when one has gone out."""

import os
import time
from pathlib import Path

from django.core.mail.backends.filebased import EmailBackend

from tests.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.work_settings.HangingBackend"
EMAIL_FILE_PATH = os.environ["MAIL_FOLDER"]
TIMED_JOBS = {}


class HangingBackend(EmailBackend):
    """Once it wrote a mail, it hangs while there is a file `hang` in its folder."""

    def send_messages(self, messages):
        count = super().send_messages(messages)
        while Path(EMAIL_FILE_PATH, "hang").exists():
            time.sleep(0.05)
        return count
