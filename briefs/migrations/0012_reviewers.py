"""A section may have several reviewers. The one that it had is among them."""

from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_over(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    section: Any = apps.get_model('briefs', 'Section')
    reviewing = section.reviewers.through
    given = section._base_manager.exclude(reviewer=None).values_list('pk', 'reviewer')
    reviewing._base_manager.bulk_create(
        reviewing(section_id=pk, user_id=reviewer) for pk, reviewer in given
    )


def give_back(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The first of several."""
    section: Any = apps.get_model('briefs', 'Section')
    for row in section.reviewers.through._base_manager.order_by('-pk'):
        section._base_manager.filter(pk=row.section_id).update(reviewer=row.user_id)


class Migration(migrations.Migration):

    dependencies = [
        ('briefs', '0011_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='section',
            name='reviewers',
            field=models.ManyToManyField(related_name='sections_reviewed_too', to=settings.AUTH_USER_MODEL, verbose_name='reviewers'),
        ),
        migrations.RunPython(take_over, give_back),
    ]
