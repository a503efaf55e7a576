import json
import os
import stat

import pytest

from weimin.secrets.cipher import seal, unseal
from weimin.secrets.keys import KeyTrouble, add_version, drop_old_versions, keyring, loads, look_again, prepare_keys


@pytest.fixture
def key_path(settings, tmp_path):
    """A key file of this test's own; the run's file is looked at again afterwards."""
    run_file = settings.KEY_FILE
    settings.KEY_FILE = tmp_path / "office" / "keys.json"
    yield settings.KEY_FILE
    settings.KEY_FILE = run_file
    look_again()


def test_the_first_start_makes_a_file_that_only_its_owner_reads(key_path):
    assert prepare_keys(fresh=True) is True
    assert stat.S_IMODE(key_path.stat().st_mode) == 0o600
    assert (keyring().current, len(keyring().keys[1]), len(keyring().lookup)) == (1, 16, 32)


def test_the_second_start_keeps_the_file(key_path):
    prepare_keys(fresh=True)
    before = key_path.read_bytes()
    assert prepare_keys(fresh=True) is False
    assert key_path.read_bytes() == before


def test_a_missing_file_of_a_used_installation_is_refused_and_not_replaced(key_path):
    with pytest.raises(KeyTrouble, match="找不到密钥文件 .*keys.json"):
        prepare_keys(fresh=False)
    assert not key_path.exists()


def test_a_file_that_others_may_read_is_refused(key_path):
    prepare_keys(fresh=True)
    key_path.chmod(0o644)
    os.utime(key_path, ns=(1, 1))
    with pytest.raises(KeyTrouble, match="chmod 600"):
        look_again()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"current": 2, "keys": {"1": "AAAAAAAAAAAAAAAAAAAAAA=="}, "lookup": "AA=="}',
        '{"current": 1, "keys": {"1": "%%"}, "lookup": ""}',
    ],
)
def test_a_damaged_file_is_refused_by_name_without_its_content(text):
    with pytest.raises(KeyTrouble, match="密钥文件 somewhere") as refusal:
        loads(text, "somewhere")
    assert "AAAA" not in str(refusal.value)


def test_a_new_version_seals_and_the_old_one_still_opens(key_path):
    prepare_keys(fresh=True)
    old = seal("500242199001011234", "t.c")
    add_version()
    new = seal("500242199001011234", "t.c")
    assert (old[0], new[0], unseal(old, "t.c"), unseal(new, "t.c")) == (
        1,
        2,
        "500242199001011234",
        "500242199001011234",
    )


def test_dropping_old_versions_keeps_the_current_one_and_the_pepper(key_path):
    prepare_keys(fresh=True)
    pepper = keyring().lookup
    add_version()
    drop_old_versions()
    assert (list(keyring().keys), keyring().lookup, stat.S_IMODE(key_path.stat().st_mode)) == ([2], pepper, 0o600)


def test_keys_from_the_setting_need_no_file_and_are_not_rotated(key_path, settings):
    prepare_keys(fresh=True)
    settings.SECRET_KEYS = key_path.read_text()
    key_path.unlink()
    assert look_again().current == json.loads(settings.SECRET_KEYS)["current"]
    with pytest.raises(KeyTrouble, match="SECRET_KEYS"):
        add_version()
    del settings.SECRET_KEYS
