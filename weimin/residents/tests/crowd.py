"""Residents by the thousand or million over every village of the jurisdiction, by COPY: to see that searches keep their pace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from weimin.regions.models import Region
from weimin.residents.models import Resident
from weimin.residents.naming import names_of
from weimin.residents.rules import check_digit
from weimin.secrets.cipher import hash_for, seal
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文冉覃单解仇区查"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂花华建国小红大山玉梅春生秀珍海燕志文乐茜朝长行盛晟"
COLUMNS = (
    "region", "name", "given", "pinyin", "initials", "pinyin_other", "initials_other", "gender", "birth_on", "id_kind", "id_number", "id_lookup",
    "id_tail_lookup", "phone", "phone_lookup", "ethnicity", "marital", "education", "occupation", "address", "relation", "status", "source", "updated_at",
)  # fmt: skip
TABLE = Resident._meta.db_table
FIRST_BIRTH, DAYS = date(1930, 1, 1), 35_000  # a prime step walks through every day before it comes back


def fill(total: int) -> None:
    """`total` residents, the same ones at each call. COPY is refused where a wall stands, so a table without one comes first."""
    tenant: Any = connection.tenant
    villages = list(Region.objects.filter(level=5, code__gte=tenant.low, code__lte=tenant.high).order_by("code").values_list("code", flat=True))
    names = ", ".join(COLUMNS)
    with entered(system_actor(), role="NONE"), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE crowd ON COMMIT DROP AS SELECT {names} FROM {TABLE} WITH NO DATA")
        with cursor.copy(f"COPY crowd ({names}) FROM STDIN") as copy:
            for row in rows(total, villages):
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {TABLE} ({names}) SELECT {names} FROM crowd")
        cursor.execute("DROP TABLE crowd")
        cursor.execute(f"ANALYZE {TABLE}")


def rows(total: int, villages: list[int]) -> Iterator[tuple[Any, ...]]:
    """Village after village, as an import brings them; surnames fall off as in life, phones and numbers are all different."""
    chance, now, each = Random(20261130), timezone.now(), max(1, -(-total // len(villages)))  # noqa: S311  not for secrets
    weights = [1 / (place + 3) for place in range(len(SURNAMES))]
    surnames = chance.choices(SURNAMES, weights, k=total)
    for number in range(total):
        given = "".join(chance.choices(GIVEN, k=1 if chance.random() < 0.15 else 2))
        name = surnames[number] + given
        born = FIRST_BIRTH + timedelta(days=number * 7919 % DAYS)
        first17 = f"500242{born:%Y%m%d}{number // DAYS * 2 + 1:03d}"
        identity, phone = first17 + check_digit(first17), f"1{3_000_000_000 + number * 7:010d}"
        address = f"{number % 40 + 1}组{number % each + 1}号"
        yield (
            villages[number // each], name, *names_of(name), "m", born, "id_card", seal(identity, f"{TABLE}.id_number"), hash_for("id_number", identity),
            hash_for("id_tail", identity[-6:]), seal(phone, f"{TABLE}.phone"), hash_for("phone", phone), "汉族", "", "", "", address, "", "living", "", now,
        )  # fmt: skip
