"""What the conftest of the project's root knows: databases and places. Found by its path, as this folder's parent may have a conftest too."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).parents[2]
_spec = spec_from_file_location("root_conftest", ROOT / "conftest.py")
_root = module_from_spec(_spec)
_spec.loader.exec_module(_root)
dsn, ensure_template, inside, schema_hash = _root.dsn, _root.ensure_template, _root.inside, _root.schema_hash
YOUYANG, TUPO = _root.YOUYANG, _root.TUPO
