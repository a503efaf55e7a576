from django.db import migrations

from weimin.walls.operations import BuildWall, KeepForever


class Migration(migrations.Migration):
    dependencies = [("staffing", "0003_posts_and_volunteering")]
    operations = [
        BuildWall("staffing_servicepost"),
        BuildWall("staffing_holding"),
        BuildWall("staffing_activity"),
        BuildWall("staffing_activityhours"),
        BuildWall("staffing_serviceproof"),
        KeepForever("staffing_serviceproof"),
    ]
