from django.db import migrations

ENTER = "SET LOCAL weimin.low = '0'; SET LOCAL weimin.high = '999999999999'; SET LOCAL weimin.purposes = '*'"
LEAVE = "SET LOCAL weimin.low = ''; SET LOCAL weimin.high = ''; SET LOCAL weimin.purposes = ''"
# From the referrals that are received and wait for their visit: a few, each with one record. The day is the hospital's when the care has it and the visit before
# the return did not say so itself.
ORDERED = """UPDATE health_care c SET next_from = 'hospital', ordered_from = 'hospital', ordered_on = c.next_on, ordered_since = r.returned_on, ordered_referral = r.id
  FROM referrals_referral r JOIN referrals_summary s ON s.referral_id = r.id
  WHERE r.lane = 'recovering' AND r.state = 'received' AND c.record_id = r.record_id AND c.state = 'managed'
    AND c.next_on BETWEEN r.returned_on AND GREATEST(s.visit_by, r.received_on) AND (c.last_on IS NULL OR c.last_on <= r.returned_on)
    AND NOT EXISTS (SELECT 1 FROM health_visitoutcome o WHERE o.care_id = c.id AND o."on" = c.last_on AND o.next_on = c.next_on)"""
OWED = """UPDATE health_due d SET source = 'hospital' FROM referrals_referral r JOIN health_care c ON c.record_id = r.record_id AND c.ordered_referral = r.id
  WHERE r.lane = 'recovering' AND r.state = 'received' AND d.record_id = r.record_id AND d.kind = 'visit' AND d.state = 'open' AND d.due_on = c.next_on"""


class Migration(migrations.Migration):
    """Days that a hospital gave before it was kept that they are the hospital's (decision 13)."""

    dependencies = [("health", "0008_next_day"), ("referrals", "0003_doctors")]
    operations = [
        migrations.RunSQL([*ENTER.split("; "), ORDERED, OWED, *LEAVE.split("; ")], migrations.RunSQL.noop),
    ]
