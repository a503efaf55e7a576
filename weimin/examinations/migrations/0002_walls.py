from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves, ShowBelow

PLAN_MOVES = [("open", "closed")]
BATCH_MOVES = [("open", "held"), ("open", "cancelled"), ("held", "open")]
INVITATION_MOVES = [
    ("listed", "invited"), ("listed", "refused"), ("listed", "examined"), ("listed", "withdrawn"),
    ("invited", "listed"), ("invited", "came"), ("invited", "absent"), ("invited", "refused"), ("invited", "examined"), ("invited", "withdrawn"),
    ("came", "invited"), ("came", "examined"), ("came", "refused"), ("came", "withdrawn"), ("came", "absent"),
    ("absent", "listed"), ("absent", "invited"), ("absent", "examined"), ("absent", "refused"), ("absent", "withdrawn"), ("absent", "came"),
    ("refused", "invited"), ("refused", "examined"), ("refused", "withdrawn"), ("withdrawn", "listed"), ("withdrawn", "examined"),
]
FOLLOW_MOVES = [("recall", "recheck"), ("recall", "closed"), ("recheck", "closed")]


class Migration(migrations.Migration):
    dependencies = [("examinations", "0001_initial")]
    operations = [
        BuildWall("examinations_examinationplan", purpose="health"),
        BuildWall("examinations_batch", purpose="health"),
        BuildWall("examinations_invitation", purpose="health"),
        BuildWall("examinations_examination", purpose="health"),
        BuildWall("examinations_abnormalfollowup", purpose="health"),
        ShowBelow("examinations_examinationplan", purpose="health"),
        ShowBelow("examinations_batch", purpose="health"),
        GuardMoves("examinations_examinationplan", "state", PLAN_MOVES),
        GuardMoves("examinations_batch", "state", BATCH_MOVES),
        GuardMoves("examinations_invitation", "state", INVITATION_MOVES),
        GuardMoves("examinations_abnormalfollowup", "state", FOLLOW_MOVES),
    ]
