import io
from array import array

import pytest

from briefs.bundling.parts import keep_parts
from briefs.models import Brief, Bundle
from tests.briefs.bundling.asking import asked, work
from tests.factories import add_member, approve, make_brief, release, section_of


@pytest.fixture
def two(brief, template, author, editor, manager) -> list[Brief]:
    other = make_brief(template, title="Chad")
    add_member(other, manager, "manager")
    approve(section_of(brief, "goals/needs"), author, editor, "The port is old.")
    release(brief, manager)
    return [brief, other]


@pytest.fixture
def ready(brief, manager) -> Bundle:
    """Its file is two and a half MB."""
    bundle = asked([brief], manager)
    work()
    bundle.refresh_from_db()
    bundle.parts.all().delete()
    whole = array("I", range(5 * 1024**2 // 8)).tobytes()
    bundle.size, bundle.sha256 = keep_parts(bundle, io.BytesIO(whole))
    bundle.save()
    return bundle
