from django.db import migrations

from worklists.taking_sql import CREATE, DROP


class Migration(migrations.Migration):
    dependencies = [("worklists", "0027_next_by_function")]

    operations = [migrations.RunSQL([DROP, CREATE], migrations.RunSQL.noop)]
