from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves

WINDOW_MOVES = [("open", "suspended"), ("suspended", "open"), ("open", "closed"), ("suspended", "closed")]
SWAP_MOVES = [
    ("proposed", "agreed"), ("proposed", "refused"), ("proposed", "withdrawn"), ("agreed", "approved"), ("agreed", "refused"), ("agreed", "withdrawn"),
]
TICKET_MOVES = [
    ("waiting", "called"), ("called", "serving"), ("called", "skipped"), ("serving", "served"), ("skipped", "waiting"), ("waiting", "expired"),
    ("called", "expired"), ("skipped", "expired"),
]
BOOKING_MOVES = [("booked", "arrived"), ("booked", "cancelled"), ("booked", "missed")]


class Migration(migrations.Migration):
    dependencies = [("reception", "0001_initial")]
    operations = [
        BuildWall("reception_window"),
        BuildWall("reception_openinghours"),
        BuildWall("reception_dayexception"),
        BuildWall("reception_pledge"),
        BuildWall("reception_dutypattern"),
        BuildWall("reception_duty"),
        BuildWall("reception_dutyswap"),
        BuildWall("reception_dutyleave"),
        BuildWall("reception_ticket"),
        BuildWall("reception_ticketcounter"),
        BuildWall("reception_booking", purpose="cases"),
        GuardMoves("reception_window", "state", WINDOW_MOVES),
        GuardMoves("reception_dutyswap", "state", SWAP_MOVES),
        GuardMoves("reception_ticket", "state", TICKET_MOVES),
        GuardMoves("reception_booking", "state", BOOKING_MOVES),
    ]
