import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from background.worker import Worker


class Command(BaseCommand):
    help = (
        "Does what is to be done outside of requests: sends mails, and runs the timed jobs. "
        "Several may run at once. At SIGTERM and Ctrl-C it finishes what it holds."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="does what is due now, and ends")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: worker.stop())
        if once:
            worker.run_due()
        else:
            worker.run()
