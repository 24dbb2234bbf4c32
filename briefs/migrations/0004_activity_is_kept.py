from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from briefs.models.append_only import guards, lifted


def guard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guards(schema_editor.connection.vendor, 'briefs_activity'):
        schema_editor.execute(statement)


def lift(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in lifted(schema_editor.connection.vendor, 'briefs_activity'):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('briefs', '0003_authorship'),
    ]

    operations = [migrations.RunPython(guard, lift)]
