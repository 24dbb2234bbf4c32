from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('briefs', '0021_bundle_parts'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='bundle',
            name='content',
        ),
    ]
