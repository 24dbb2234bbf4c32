from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MOST_OF_A_PART = 1024**2


def take_over(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Files that are ready stay to be had. One is read at a time."""
    bundles: Any = apps.get_model('briefs', 'Bundle').objects
    parts: Any = apps.get_model('briefs', 'BundlePart').objects
    for pk in bundles.exclude(content=None).values_list('pk', flat=True):
        content = memoryview(bundles.values_list('content', flat=True).get(pk=pk))
        for begins_at in range(0, len(content), MOST_OF_A_PART):
            part = content[begins_at:begins_at + MOST_OF_A_PART]
            parts.create(bundle_id=pk, begins_at=begins_at, content=bytes(part))


def give_back(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    bundles: Any = apps.get_model('briefs', 'Bundle').objects
    parts: Any = apps.get_model('briefs', 'BundlePart').objects
    for pk in bundles.filter(status='ready').values_list('pk', flat=True):
        contents = parts.filter(bundle=pk).order_by('begins_at').values_list('content', flat=True)
        bundles.filter(pk=pk).update(content=b''.join(contents))


class Migration(migrations.Migration):

    dependencies = [
        ('briefs', '0020_bundle_tries'),
    ]

    operations = [
        migrations.CreateModel(
            name='BundlePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.PositiveBigIntegerField()),
                ('content', models.BinaryField()),
                ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='briefs.bundle')),
            ],
            options={
                'ordering': ['bundle', 'begins_at'],
                'constraints': [models.UniqueConstraint(fields=('bundle', 'begins_at'), name='one_part_per_beginning')],
            },
        ),
        migrations.RunPython(take_over, give_back),
    ]
