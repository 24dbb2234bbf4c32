from array import array

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from briefs.models import Bundle
from tests.briefs.bundling.asking import asked, content_of, work

WHOLE = "0020_bundle_tries"


def migrate(name: str = "") -> None:
    """To a migration, or to the newest one."""
    executor = MigrationExecutor(connection)
    executor.migrate([("briefs", name)] if name else executor.loader.graph.leaf_nodes("briefs"))


@pytest.mark.django_db(transaction=True)
def test_files_that_are_ready_are_taken_over_and_given_back(two, manager):
    bundle = asked(two, manager)
    waiting = asked(two[:1], manager)
    work()
    whole = content_of(bundle)
    large = array("I", range(640_000)).tobytes()
    Bundle.objects.filter(pk=waiting.pk).update(status="making")
    waiting.parts.all().delete()
    try:
        migrate(WHOLE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM briefs_bundle WHERE id = %s", [bundle.pk])
            assert bytes(cursor.fetchone()[0]) == whole
            change = "UPDATE briefs_bundle SET content = %s WHERE id = %s"
            cursor.execute(change, [large, bundle.pk])
    finally:
        migrate()
    assert content_of(bundle) == large
    assert [part.begins_at for part in bundle.parts.all()] == [0, 1024**2, 2 * 1024**2]
    assert not waiting.parts.exists()
