"""Migration operations that build the second wall and guard status moves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.migrations.operations.special import RunSQL

LOW = "(SELECT NULLIF(current_setting('weimin.low', true), '')::bigint)"
HIGH = "(SELECT NULLIF(current_setting('weimin.high', true), '')::bigint)"
PERSON = "(SELECT NULLIF(current_setting('weimin.person', true), '')::bigint)"
PURPOSES = "(SELECT string_to_array(current_setting('weimin.purposes', true), ','))"


def in_range(column: str) -> str:
    return f"{column} >= {LOW} AND {column} <= {HIGH}"


class BuildWall(RunSQL):
    """Row-level security on `table`: rows whose `column` is in the range set for the transaction; unset = nothing.

    purpose: only posts with this purpose (health, welfare, petitions) pass. owner: the table's owner is held to it too
    (off only for people and posts, which sign-in must read before anybody is known).
    """

    def __init__(self, table: str, column: str = "region", purpose: str = "", owner: bool = True, also: str = "") -> None:
        condition = in_range(column)
        if purpose:
            condition += f" AND ARRAY['{purpose}', '*'] && {PURPOSES}"
        if also:
            condition = f"({condition}) OR ({also})"
        self.arguments = {"table": table, "column": column, "purpose": purpose, "owner": owner, "also": also}
        forward = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
        if owner:
            forward.append(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        forward.append(f"CREATE POLICY wall ON {table} USING ({condition}) WITH CHECK ({condition})")
        backward = [
            f"DROP POLICY wall ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]
        super().__init__(tuple(forward), tuple(backward))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__name__, [], dict(self.arguments)


class ShowBelow(RunSQL):
    """What a township does for all of its villages is read, and not changed, by the posts of these villages that have the purpose.

    Beside `BuildWall`; a row is a township's when its region ends in 000.
    """

    def __init__(self, table: str, purpose: str) -> None:
        self.arguments = {"table": table, "purpose": purpose}
        condition = f"region <= {LOW} AND region + 999 >= {HIGH} AND region % 1000 = 0 AND ARRAY['{purpose}', '*'] && {PURPOSES}"
        super().__init__([f"CREATE POLICY below ON {table} FOR SELECT USING ({condition})"], [f"DROP POLICY below ON {table}"])

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__name__, [], dict(self.arguments)


class GuardMoves(RunSQL):
    """The database refuses a status move that the table of moves refuses (SQLSTATE 23514)."""

    def __init__(self, table: str, column: str, moves: Iterable[tuple[str, str]]) -> None:
        pairs = sorted(set(moves))
        self.arguments = {"table": table, "column": column, "moves": pairs}
        allowed = ", ".join(f"('{old}', '{new}')" for old, new in pairs)
        function = f"{table}_{column}_moves"
        forward = [
            f"""CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $body$
            BEGIN
              IF NEW.{column} IS DISTINCT FROM OLD.{column} AND (OLD.{column}::text, NEW.{column}::text) NOT IN ({allowed}) THEN
                RAISE EXCEPTION 'move refused: % to %', OLD.{column}, NEW.{column} USING ERRCODE = '23514';
              END IF;
              RETURN NEW;
            END $body$""",
            f"CREATE TRIGGER {function} BEFORE UPDATE OF {column} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        ]
        backward = [f"DROP TRIGGER {function} ON {table}", f"DROP FUNCTION {function}()"]
        super().__init__(tuple(forward), tuple(backward))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__name__, [], dict(self.arguments)


class KeepForever(RunSQL):
    """The application's role may add rows and read them, never change or remove one."""

    def __init__(self, table: str) -> None:
        self.arguments = {"table": table}
        super().__init__([f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM weimin_app"], [f"GRANT UPDATE, DELETE ON {table} TO weimin_app"])

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__name__, [], dict(self.arguments)


class BuildPersonalWall(RunSQL):
    """Row-level security on `table`: only rows of the person who acts (receipts, drafts, one's own messages)."""

    def __init__(self, table: str, column: str = "person") -> None:
        self.arguments = {"table": table, "column": column}
        condition = f"{column} = {PERSON}"
        forward = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY wall ON {table} USING ({condition}) WITH CHECK ({condition})",
        ]
        backward = [f"DROP POLICY wall ON {table}", f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
        super().__init__(tuple(forward), tuple(backward))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__name__, [], dict(self.arguments)
