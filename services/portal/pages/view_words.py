"""Why a saved view was not kept, in the reader's language."""

from flask_babel import lazy_gettext as _l

VIEW_REFUSALS = {
    "view-name-taken": _l("One of your views of this list has that name already."),
    "too-many-views": _l("You keep as many views of this list as there may be: delete one first."),
    "bad-view-name": _l("A view has a name of 60 characters at most."),
}
