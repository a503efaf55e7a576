from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

ALERT_MOVES = [("raised", "verified"), ("raised", "dismissed"), ("verified", "handled"), ("verified", "dismissed"), ("handled", "closed")]
CARD_MOVES = [("due", "reported"), ("due", "corrected"), ("due", "deleted"), ("reported", "corrected"), ("reported", "deleted")]
CONTACT_MOVES = [("observed", "released"), ("observed", "case"), ("observed", "lost"), ("lost", "observed")]


class Migration(migrations.Migration):
    dependencies = [("epidemics", "0001_initial")]
    operations = [
        BuildWall("epidemics_place", purpose="epidemics"),
        BuildWall("epidemics_group", purpose="epidemics"),
        BuildWall("epidemics_dailyreport", purpose="epidemics"),
        BuildWall("epidemics_familyreport", purpose="epidemics"),
        BuildWall("epidemics_alert", purpose="epidemics"),
        BuildWall("epidemics_outbreak", purpose="epidemics"),
        BuildWall("epidemics_measure", purpose="epidemics"),
        BuildWall("epidemics_hop", purpose="epidemics"),
        BuildWall("epidemics_casereport", purpose="health"),
        BuildWall("epidemics_contact", purpose="health"),
        BuildWall("epidemics_contactday", purpose="health"),
        GuardMoves("epidemics_alert", "state", ALERT_MOVES),
        GuardMoves("epidemics_outbreak", "state", [("open", "closed")]),
        GuardMoves("epidemics_outbreak", "chain", [("", "to_bureau"), ("to_bureau", "to_government"), ("to_government", "told")]),
        GuardMoves("epidemics_measure", "state", [("owed", "done"), ("owed", "dropped")]),
        GuardMoves("epidemics_casereport", "state", CARD_MOVES),
        GuardMoves("epidemics_contact", "state", CONTACT_MOVES),
    ]
