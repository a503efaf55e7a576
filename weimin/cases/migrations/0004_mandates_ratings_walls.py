from django.db import migrations

from weimin.walls.operations import BuildWall, GuardMoves, KeepForever

TABLES = ["mandate", "mandatecase", "errand", "handover", "heldpaper", "agentchange", "agentchangeline", "rating", "issuedpaper"]
MANDATE_MOVES = [("active", "revoked"), ("active", "done")]
RATING_MOVES = [
    ("contact", "mend"), ("contact", "unverified"), ("contact", "withdrawn"), ("mend", "appeal"), ("mend", "call_back"), ("appeal", "mend"),
    ("appeal", "unverified"), ("call_back", "closed"), ("call_back", "mend"),
]  # fmt: skip
# One person's application never goes under another's mandate, whoever writes the row.
SAME_CLIENT = """
CREATE FUNCTION cases_mandatecase_same_client() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $body$
BEGIN
  IF (SELECT principal_id_lookup FROM cases_mandate WHERE id = NEW.mandate_id)
     IS DISTINCT FROM (SELECT applicant_id_lookup FROM cases_case WHERE id = NEW.case_id) THEN
    RAISE EXCEPTION 'two clients mixed' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $body$;
CREATE TRIGGER cases_mandatecase_same_client BEFORE INSERT OR UPDATE ON cases_mandatecase
  FOR EACH ROW EXECUTE FUNCTION cases_mandatecase_same_client();
"""
UNDO_SAME_CLIENT = """
DROP TRIGGER cases_mandatecase_same_client ON cases_mandatecase;
DROP FUNCTION cases_mandatecase_same_client();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_mandates_ratings")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE cases_mandate_serial MINVALUE 0 MAXVALUE 999999 CYCLE", "DROP SEQUENCE cases_mandate_serial"),
        *(BuildWall(f"cases_{table}", purpose="cases") for table in TABLES),
        GuardMoves("cases_mandate", "state", MANDATE_MOVES),
        GuardMoves("cases_rating", "state", RATING_MOVES),
        KeepForever("cases_issuedpaper"),
        KeepForever("cases_handover"),
        KeepForever("cases_agentchange"),
        KeepForever("cases_agentchangeline"),
        migrations.RunSQL(SAME_CLIENT, UNDO_SAME_CLIENT),
    ]
