from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

MOVES = [
    ("sent", "accepted"), ("sent", "declined"), ("sent", "arrived"), ("sent", "cancelled"), ("declined", "sent"), ("declined", "cancelled"),
    ("accepted", "arrived"), ("accepted", "missed"), ("accepted", "cancelled"), ("missed", "sent"), ("missed", "arrived"), ("missed", "closed"),
    ("arrived", "returned"), ("arrived", "closed"), ("returned", "received"), ("returned", "closed"), ("received", "closed"),
]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]
    operations = [
        BuildWall("referrals_pairing", purpose="health"),
        BuildWall("referrals_supportvisit", purpose="health"),
        BuildWall("referrals_referral", purpose="health"),
        BuildWall("referrals_summary", purpose="health"),
        GuardMoves("referrals_referral", "state", MOVES),
    ]
