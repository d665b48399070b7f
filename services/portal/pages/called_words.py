"""What is said where somebody is named by hand, and it is not clear who is meant."""

from flask_babel import gettext as _


def nobody_called(text: str) -> str:
    return str(_("Nobody is called “%(text)s”. Write the whole name as in the directory, or the mail address.",
                 text=text))


def several_called(text: str, count: int) -> str:
    return str(_("%(count)s people are called “%(text)s”. Write the mail address.", count=count, text=text))
