"""What a browser calls itself, in words that its owner recognises."""

from django.utils.translation import gettext as _

# The first that is found holds: most browsers name others besides themselves.
BROWSERS = (
    ("YaBrowser", "Yandex"), ("SamsungBrowser", "Samsung"), ("UCBrowser", "UC Browser"),
    ("MiuiBrowser", "Mi Browser"), ("OPR/", "Opera"), ("Opera Mini", "Opera Mini"), ("Edg", "Edge"),
    ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_in_words(agent: str) -> str:
    """Such as «Telephone: Android, Chrome»."""
    names = [
        name
        for known in (SYSTEMS, BROWSERS)
        for name in [next((name for sign, name in known if sign in agent), "")]
        if name
    ]
    if not names:
        return _("A device that does not say what it is")
    is_phone = "Mobi" in agent or "iPhone" in agent or "Opera Mini" in agent
    is_tablet = "iPad" in agent or ("Android" in agent and not is_phone)
    kind = _("Telephone") if is_phone else _("Tablet") if is_tablet else _("Computer")
    return f"{kind}: {', '.join(names)}"
