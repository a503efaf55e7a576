from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

STAGES = ["review", "site_check", "joint_review", "public_notice", "decide", "certificate", "deliver"]
MOVES = [
    *(("received", state) for state in [*STAGES, "supplement", "delivered", "declined", "not_needed", "not_competent", "withdrawn"]),
    *(("supplement", state) for state in [*STAGES, "received", "declined", "not_needed", "not_competent", "withdrawn"]),
    *((start, end) for start in STAGES for end in [*STAGES, "supplement", "withdrawn"]),
    ("deliver", "delivered"),
    *(("delivered", state) for state in [*STAGES, "archived"]),
]
TABLES = ["case", "casematerial", "casenotice", "jointreview", "sitecheck", "publicnotice", "casepause", "extension", "delivery"]


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        # Serial part of the number (C-21): one sequence per jurisdiction, gaps allowed; no row is locked.
        migrations.RunSQL("CREATE SEQUENCE cases_case_serial MINVALUE 0 MAXVALUE 999999 CYCLE", "DROP SEQUENCE cases_case_serial"),
        *(BuildWall(f"cases_{table}", purpose="cases") for table in TABLES),
        GuardMoves("cases_case", "state", MOVES),
        GuardMoves("cases_jointreview", "state", [("asked", "answered")]),
        GuardMoves("cases_extension", "state", [("asked", "granted"), ("asked", "denied")]),
    ]
