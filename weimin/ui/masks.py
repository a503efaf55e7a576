"""How personal data looks in lists: 张*明, 138****2046, 3412**********0018 (requirement X, `interface.md` privacy)."""


def mask_name(name: str) -> str:
    """张明 → 张*, 张小明 → 张*明, 欧阳小明 → 欧**明. One character stays, since nothing would be left."""
    clean = name.strip()
    if len(clean) <= 1:
        return clean
    if len(clean) == 2:
        return clean[0] + "*"
    return clean[0] + "*" * (len(clean) - 2) + clean[-1]


def mask_identity(number: str) -> str:
    """The first four (region) and the last four characters of an ID number; shorter ones are hidden but for the last two."""
    return _middle(number.strip(), 4, 4)


def mask_phone(number: str) -> str:
    """The first three and the last four digits of a mobile number."""
    return _middle(number.strip(), 3, 4)


def mask_account(number: str) -> str:
    """Only the last four digits of a bank account."""
    return _middle(number.strip(), 0, 4)


def _middle(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        shown = min(2, len(text) // 3)
        return "*" * (len(text) - shown) + text[len(text) - shown :]
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
