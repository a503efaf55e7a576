"""Whom a webhook may call: judged by address, once, whatever the name says the second time."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from ipaddress import ip_address, ip_network

import pytest

from weimin.messages.backends import DeliveryFailed
from weimin.messages.posting import may_call, pin, post

OUTSIDE = "93.184.216.34"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1", "fc00::1",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_no_address_inside_may_be_called(address):
    assert not may_call(ip_address(address), "https")


def test_the_outside_is_called_by_https_only():
    assert may_call(ip_address(OUTSIDE), "https")
    assert not may_call(ip_address(OUTSIDE), "http")


def test_a_network_that_the_setting_names_may_be_called(settings):
    settings.WEBHOOK_NETWORKS = (ip_network("10.20.0.0/16"),)
    assert may_call(ip_address("10.20.3.4"), "http")
    assert not may_call(ip_address("10.21.3.4"), "https")


def test_a_name_with_one_address_inside_is_not_called():
    with pytest.raises(DeliveryFailed):
        pin("https://two.example/", lambda host, port: [ip_address(OUTSIDE), ip_address("10.0.0.1")])


def test_a_name_is_asked_once_and_its_address_is_kept():
    asked = []

    def lookup(host: str, port: int) -> list:
        asked.append((host, port))
        return [ip_address(OUTSIDE if len(asked) == 1 else "127.0.0.1")]

    where = pin("https://rebinding.example/hook", lookup)
    assert (str(where.address), where.host, where.target, asked) == (OUTSIDE, "rebinding.example", "/hook", [("rebinding.example", 443)])


@pytest.mark.parametrize(
    "url", ["https://a.example/\r\nX: y", "https://", "file:///etc/passwd", "https://a.example:0/", "https://a.example:x/", "https://用户.example/"]
)
def test_what_is_no_address_is_given_up_at_once(url):
    with pytest.raises(DeliveryFailed) as failed:
        pin(url)
    assert failed.value.final


def test_a_receiver_that_dribbles_is_cut_off(settings):
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    server, cut = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def dribble() -> None:
        other, _address = server.accept()
        with other, suppress(OSError):
            for _one_minute in range(1200):
                other.send(b"H")
                time.sleep(0.05)
            return
        cut.set()

    threading.Thread(target=dribble, daemon=True).start()
    with pytest.raises(DeliveryFailed):
        post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, seconds=0.3)
    assert cut.wait(10), "the other side noticed"
    server.close()
