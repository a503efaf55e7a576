"""What proves that a result is in somebody's hands: each way of delivery asks for its own evidence. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

Lacking = list[tuple[str, str]]


@dataclass(frozen=True)
class Handed:
    """How a result went out. `slip`: a photo of the signed slip; `thumb`: one of the thumbprint; `unable`: why nobody could sign."""

    way: str
    to: str = "self"
    signature: bool = False
    slip: bool = False
    thumb: bool = False
    witness: str = ""
    unable: str = ""
    carrier: str = ""
    tracking: str = ""


def lacking(handed: Handed) -> Lacking:
    """(field, sentence) for everything that the way asks for and that is not there; empty when the delivery is proved."""
    if handed.way == "online":
        return [("way", _("电子送达以居民打开结果的时间为准：先“发到网上”，居民扫回执二维码，或者用编号和证件号后四位打开后，才算送达。"))]
    if handed.way == "post":
        return lacking_of_post(handed)
    if handed.signature or handed.slip:
        return []
    if handed.to == "agent":
        return [("signature", _("代办人领取的，要代办人本人签名：在屏幕上签，或者拍下签了名的签收单。"))]
    return lacking_without_signature(handed)


def lacking_of_post(handed: Handed) -> Lacking:
    found = [("carrier", _("邮寄的请填承运单位。"))] if not handed.carrier else []
    return found if handed.tracking else [*found, ("tracking", _("邮寄的请填邮件单号。"))]


def lacking_without_signature(handed: Handed) -> Lacking:
    """Who cannot sign gives a thumbprint or has a witness, and it is said why."""
    proved = handed.thumb or bool(handed.witness)
    if proved and handed.unable:
        return []
    if proved:
        return [("unable", _("用指印或者见证人的，请写明不能签名的原因。"))]
    if handed.unable:
        return [("thumb", _("不能签名的，请拍指印照片，或者写见证人姓名。"))]
    return [("signature", _("还没有签收凭据：请签收人在屏幕上签名，或者拍下签了名的签收单；不能签名的，拍指印照片或写见证人，并写明原因。"))]


def proof_of(handed: Handed) -> str:
    """The strongest evidence there is, as it is kept."""
    if handed.way == "post":
        return "tracking"
    kinds = (("drawn", handed.signature), ("slip", handed.slip), ("thumb", handed.thumb), ("witness", handed.witness))
    return next(kind for kind, given in kinds if given)
