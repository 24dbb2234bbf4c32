"""The admin's own addresses, read from its site: what is registered is found here by itself."""

from collections.abc import Iterable, Iterator

from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from briefs.drafting.pictures import add_picture
from briefs.models import Brief, Invitation, LooseText, Section
from tests.factories import add_member, approve, put_in_review, release, section_of, write
from tests.pictures import png


def fill(brief: Brief, author: User, editor: User, root: User) -> None:
    """A row of every model that the admin shows, sections in different states, and something in
    the admin's own log. `root` becomes a member, so that they may decide as well."""
    add_member(brief, root, "manager")
    approve(section_of(brief, "opening/preface"), author, editor)
    put_in_review(section_of(brief, "goals/health"), author, "Read *me*.\n\n- One\n- Two")
    write(section_of(brief, "goals/needs"), author, past="- Once")
    add_picture(section_of(brief, "goals/needs"), "past", png(), "Exports", by=author)
    release(brief, root)
    LooseText.objects.create(brief=brief, kind="parked", text="Lost", original="Lost", line=3)
    Invitation.objects.create(
        brief=brief,
        email="new@example.org",
        role="viewer",
        token_digest="0" * 64,
        invited_by=root,
        expires_at=timezone.now(),
    )
    group = Group.objects.create(name="Desk officers")
    client = Client()
    client.force_login(root)
    client.post(reverse("admin:auth_group_change", args=[group.pk]), {"name": "Desks"})


def addresses(root: User) -> list[str]:
    """Every address of the admin at which there is a page for `root` to read, and the door."""
    client = Client()
    client.force_login(root)
    pages = [address for address in _candidates() if _is_page(client, address)]
    return [*pages, *(f"{page}?_popup=1" for page in pages if page.endswith("/add/"))]


def selections(root: User) -> list[tuple[str, str]]:
    """Every list of the admin with each of the actions that it offers to `root`."""
    client = Client()
    client.force_login(root)
    return [
        (address, action)
        for address in map(list_of, admin.site._registry)
        if (form := client.get(address).context["action_form"])
        for action, _label in form.fields["action"].choices
        if action
    ]


def list_of(model: type) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def _candidates() -> Iterator[str]:
    for entry in admin.site.get_urls():
        yield from _named(getattr(entry, "name", None), [()])
    for label in sorted({model._meta.app_label for model in admin.site._registry}):
        yield reverse("admin:app_list", args=[label])
    for model, desk in admin.site._registry.items():
        rows = model._default_manager.order_by("pk")[: 3 if model is Section else 1]
        assert rows, f"{model._meta.label} needs a row in fill()"
        for entry in desk.get_urls():
            yield from _named(entry.name, [(), *((row.pk,) for row in rows)])


def _named(name: str | None, choices: Iterable[tuple[object, ...]]) -> Iterator[str]:
    for given in choices:
        try:
            yield reverse(f"admin:{name}", args=given)
        except NoReverseMatch:
            continue


def _is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
