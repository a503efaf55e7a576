from datetime import UTC, datetime, timedelta

import pytest

from weimin.accounts.rules import after_failure, check_apart, check_not_own, locked, password_faults, password_too_old
from weimin.accounts.second_factor import address, code_at, matching_counter, recovery_codes, recovery_hash
from weimin.walls.errors import RuleBroken

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", RFC 6238 appendix B


@pytest.mark.parametrize(
    ("password", "count"),
    [
        ("Abcdef1x", 0),
        ("abcdef1!", 0),
        ("Abc1!", 1),
        ("abcdefgh1", 1),
        ("", 2),
        ("密码密码密码密码", 1),
        ("Zhangsan-1", 1),
        ("ABCdef123密", 0),
    ],
)
def test_a_password_has_eight_signs_of_three_classes_and_not_the_login(password, count):
    assert len(password_faults(password, "zhangsan")) == count


@pytest.mark.parametrize(("days", "old"), [(0, False), (90, False), (91, True)])
def test_a_password_is_too_old_after_ninety_days(days, old):
    assert password_too_old(NOW - timedelta(days=days), NOW) is old


def test_the_fifth_failure_locks_and_counts_anew():
    assert [after_failure(count, NOW) for count in range(5)] == [
        (1, None),
        (2, None),
        (3, None),
        (4, None),
        (0, NOW + timedelta(minutes=15)),
    ]


def test_a_lock_ends_on_the_minute():
    assert locked(NOW, NOW - timedelta(seconds=1)) and not locked(NOW, NOW) and not locked(None, NOW)


@pytest.mark.parametrize(("held", "wanted"), [(["administrator"], "auditor"), (["auditor", "township"], "administrator")])
def test_administrator_and_auditor_are_never_one_person(held, wanted):
    with pytest.raises(RuleBroken):
        check_apart(held, wanted)


@pytest.mark.parametrize(("held", "wanted"), [(["administrator"], "administrator"), (["auditor"], "township"), ([], "auditor")])
def test_other_combinations_are_allowed(held, wanted):
    check_apart(held, wanted)


def test_nobody_manages_their_own_rights():
    with pytest.raises(RuleBroken):
        check_not_own(7, 7)
    check_not_own(7, 8)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    assert code_at(RFC_SECRET, datetime.fromtimestamp(seconds, UTC)) == code


@pytest.mark.parametrize(("shift", "taken"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_one_step_before_and_after_is_taken(shift, taken):
    found = matching_counter(RFC_SECRET, code_at(RFC_SECRET, NOW + timedelta(seconds=shift)), NOW, 0)
    assert (found is not None) is taken


def test_a_used_counter_is_refused():
    counter = matching_counter(RFC_SECRET, code_at(RFC_SECRET, NOW), NOW, 0)
    assert matching_counter(RFC_SECRET, code_at(RFC_SECRET, NOW), NOW, counter) is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345"])
def test_what_is_no_code_is_refused(code):
    assert matching_counter(RFC_SECRET, code, NOW, 0) is None


def test_the_picture_holds_an_address_that_authenticators_know():
    assert address(RFC_SECRET, "zhangsan").startswith("otpauth://totp/%E4%B8%BA%E6%B0%91:zhangsan?")


def test_recovery_codes_are_ten_different_ones_and_typed_loosely():
    codes = recovery_codes()
    assert len(set(codes)) == 10
    assert recovery_hash(f" {codes[0].upper().replace('-', ' ')} ") == recovery_hash(codes[0])
