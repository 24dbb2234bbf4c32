from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from briefs.brief_templates.outline_file import SHIPPED_FILE, read_outline
from briefs.management.demo import CAST, PASSWORD, make_demo
from briefs.models import BriefTemplate


class Command(BaseCommand):
    help = "Makes the demo's people and its sample brief; running it again keeps what is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "Demo people have a password that everybody knows, so they are made only where "
                "DEBUG is on."
            )
        shipped = read_outline(SHIPPED_FILE.read_text(encoding="utf-8"))
        template = BriefTemplate.objects.filter(key=shipped.key).order_by("-version").first()
        if template is None:
            raise CommandError("No template is loaded. Run load_brief_template first.")
        make_demo(template)
        self.stdout.write(f"Sign in with the password {PASSWORD} as")
        for person in CAST:
            role = person.role.label if person.role else "Administrator"
            self.stdout.write(f"  {person.email:<22} {person.name} ({role})")
