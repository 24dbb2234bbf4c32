import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from briefs.models import Activity, Brief, Membership, Revision, Section, with_sign_offs


@pytest.fixture
def _demo(db, settings):
    settings.DEBUG = True
    call_command("load_brief_template")
    call_command("make_demo")


@pytest.mark.usefixtures("_demo")
def test_it_has_a_section_in_every_status_and_people_in_every_role():
    brief = Brief.objects.get()
    states = {section.state for section in with_sign_offs(brief.sections.all())}
    assert states == set(Section.State)
    assert set(brief.memberships.values_list("role", flat=True)) == set(Membership.Role)
    assert User.objects.filter(is_superuser=True).count() == 1


@pytest.mark.usefixtures("_demo")
def test_it_has_revisions_to_compare_and_none_written_by_its_approver():
    assert Revision.objects.filter(number=2).count() == 2
    approvals = Activity.objects.filter(verb=Activity.Verb.SECTION_APPROVED)
    assert {act.actor_name for act in approvals} == {"Margit Aaltonen"}


@pytest.mark.usefixtures("_demo")
def test_running_it_again_keeps_what_was_written(capsys):
    brief = Brief.objects.get()
    brief.title = "Belgium, as we changed it"
    brief.save()
    person = User.objects.get(email="author@example.org")
    person.set_password("another password")
    person.save()
    revisions = Revision.objects.count()

    call_command("make_demo")

    assert Brief.objects.get().title == "Belgium, as we changed it"
    person.refresh_from_db()
    assert person.check_password("another password")
    assert Revision.objects.count() == revisions
    assert "author@example.org" in capsys.readouterr().out


def test_it_is_refused_where_debug_is_off(db, settings):
    settings.DEBUG = False
    call_command("load_brief_template")
    with pytest.raises(CommandError, match="only where DEBUG is on"):
        call_command("make_demo")
    assert not User.objects.exists()


def test_it_asks_for_a_template(db, settings):
    settings.DEBUG = True
    with pytest.raises(CommandError, match="Run load_brief_template first"):
        call_command("make_demo")
    assert not User.objects.exists()
