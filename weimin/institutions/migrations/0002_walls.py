from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

INSPECTION_MOVES = [
    ("planned", "passed"), ("planned", "rectifying"), ("planned", "failed"), ("planned", "cancelled"), ("rectifying", "reported"),
    ("reported", "passed"), ("reported", "rectifying"), ("reported", "failed"),
]
RATING_MOVES = [("applied", "confirmed"), ("applied", "returned"), ("confirmed", "published"), ("confirmed", "returned")]


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial")]
    operations = [
        BuildWall("institutions_institution"),
        BuildWall("institutions_staffpost"),
        BuildWall("institutions_catchment"),
        BuildWall("institutions_namedstar"),
        BuildWall("institutions_monthlyreport"),
        BuildWall("institutions_inspection"),
        BuildWall("institutions_inspectionround"),
        BuildWall("institutions_rating"),
        GuardMoves("institutions_inspection", "state", INSPECTION_MOVES),
        GuardMoves("institutions_rating", "state", RATING_MOVES),
    ]
