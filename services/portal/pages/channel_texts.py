"""What a campaign says in each channel: its words with placeholders, how they read, and the short ones to be copied."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from services.portal.clients.calls import Json, Refused
from services.portal.pages.campaign_words import CHANNELS, PLACEHOLDERS, TITLES
from services.portal.pages.campaigns import client
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, why_not

pages = Pages("channel_texts")
LETTERS_A_ROW = 32


@pages.get("/campaigns/<campaign_id>/texts")
def of_campaign(visit: Visit, campaign_id: str) -> ResponseReturnValue:
    return shown(visit, campaign_id, {}, {})


@pages.post("/campaigns/<campaign_id>/texts/<channel>")
def say(visit: Visit, campaign_id: str, channel: str) -> ResponseReturnValue:
    """In the reader's language. What cannot be kept is shown again with why."""
    said = {name: text.replace("\r\n", "\n").strip() for name in ("title", "text")
            if (text := request.form.get(name)) is not None}
    try:
        visit.do(lambda: client(visit).say(campaign_id, channel, {**said, "language": str(get_locale())}))
    except Refused as refused:
        return shown(visit, campaign_id, {channel: said}, {channel: why(refused)}), 422
    flash(_("The words are kept."), "good")
    return go(there(campaign_id, channel))


@pages.post("/campaigns/<campaign_id>/texts/<channel>/removal")
def say_as_everybody(visit: Visit, campaign_id: str, channel: str) -> ResponseReturnValue:
    language = str(get_locale())
    return visit.told(lambda: client(visit).say_as_everybody(campaign_id, channel, language),
                      _("It says what everybody says again."), there(campaign_id, channel))


def rows_of(text: str) -> int:
    """So many that all of it is seen on a phone, too."""
    return sum(1 + len(line) // LETTERS_A_ROW for line in text.splitlines())


def there(campaign_id: str, channel: str) -> str:
    return str(url_for("channel_texts.of_campaign", campaign_id=campaign_id, _anchor=f"c-{channel}"))


def why(refused: Refused) -> str:
    """With the placeholders that stand for nothing."""
    names = [part for part in refused.detail.replace(",", " ").replace(";", " ").split() if part[:1] == "{"]
    unknown = _("Nothing stands behind %(names)s in this programme.", names=", ".join(names)) if names else ""
    return f"{why_not(refused)} {unknown}".strip()


def shown(visit: Visit, campaign_id: str, given: dict[str, Json], faults: dict[str, str]) -> str:
    campaign = visit.need(lambda: client(visit).one(campaign_id))["campaign"]
    found = visit.need(lambda: client(visit).texts(campaign_id, str(get_locale())))
    programme = visit.need(lambda: visit.services.matching.programme(campaign["programme_id"]))
    return render_template(
        "channel-texts.html", programme=programme, one=campaign, texts=found["texts"], channels=CHANNELS,
        titles=TITLES, known=[(name, PLACEHOLDERS.get(name, name), text)
                              for name, text in found["placeholders"].items()],
        given=given, faults=faults, rows_of=rows_of, may_change=campaign["state"] != "ended")
