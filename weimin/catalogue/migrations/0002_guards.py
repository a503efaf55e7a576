from django.db import migrations

from weimin.walls.operations import GuardMoves

MOVES = [("draft", "published"), ("draft", "dropped"), ("published", "replaced")]
KEPT = "item_id, number, data, note, created_by, created_at"
FORWARD = f"""CREATE FUNCTION catalogue_itemversion_kept() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $body$
BEGIN
  IF OLD.state = 'draft' THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a version that was published or dropped is kept' USING ERRCODE = '23514';
  END IF;
  IF ({", ".join(f"NEW.{name}" for name in KEPT.split(", "))}) IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in KEPT.split(", "))})
     OR (OLD.published_at IS NOT NULL AND (NEW.published_at, NEW.published_by) IS DISTINCT FROM (OLD.published_at, OLD.published_by)) THEN
    RAISE EXCEPTION 'a version that was published or dropped never changes' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $body$"""
TRIGGER = """CREATE TRIGGER catalogue_itemversion_kept BEFORE UPDATE OR DELETE ON catalogue_itemversion
FOR EACH ROW EXECUTE FUNCTION catalogue_itemversion_kept()"""


class Migration(migrations.Migration):
    # What a government serves is public: no wall (walls/data/open_tables.yaml). What it has published stays as it was.
    dependencies = [("catalogue", "0001_initial")]
    operations = [
        GuardMoves("catalogue_itemversion", "state", MOVES),
        migrations.RunSQL(
            [FORWARD, TRIGGER],
            ["DROP TRIGGER catalogue_itemversion_kept ON catalogue_itemversion", "DROP FUNCTION catalogue_itemversion_kept()"],
        ),
    ]
