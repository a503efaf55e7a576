"""`weimin verify FILE`: neither settings nor database are loaded, so a backup can be checked on any machine."""
# Both languages are here: gettext is not loaded yet.
# text: data

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from weimin.config.backup.archive import Manifest, verify_archive
from weimin.config.backup.refusals import BackupFailed

WORDS = {
    "zh": {
        "about": "逐字节核对备份文件，不需要数据库；有一处不符即报告并以非零退出。",
        "file": "备份文件",
        "json": "输出机器可读的结果",
        "good": "备份完好：%(made_at)s 由版本 %(version)s 写成，%(tables)d 张表，%(rows)d 行，%(files)d 个附件。",
    },
    "en": {
        "about": "Check every byte of a backup, without a database.",
        "file": "the backup",
        "json": "print the result for machines",
        "good": "The backup is whole: made %(made_at)s by version %(version)s, %(tables)d tables, %(rows)d rows, %(files)d files.",
    },
}


def figures(manifest: Manifest) -> dict[str, object]:
    """What a person or a script wants to know of a whole backup."""
    return {
        "made_at": manifest.made_at,
        "version": manifest.version,
        "tables": len(manifest.tables),
        "rows": sum(count for count, _hash in manifest.tables.values()),
        "files": len(manifest.files) - 1,
        "trail": manifest.trail,
    }


def main(arguments: list[str], language: str, complain: Callable[[str, int], int], say: Callable[[str], int]) -> int:
    """0 when the backup is whole, 1 with the reason when it is not."""
    words = WORDS[language]
    parser = argparse.ArgumentParser(prog="weimin verify", description=words["about"])
    parser.add_argument("file", type=Path, metavar="FILE", help=words["file"])
    parser.add_argument("--json", action="store_true", help=words["json"])
    options = parser.parse_args(arguments)
    try:
        found = figures(verify_archive(options.file))
    except BackupFailed as error:
        return complain(str(error), 1)
    return say(json.dumps(found, ensure_ascii=False) if options.json else words["good"] % found)
