"""Brings the catalogues up to date with the sources: `python -m services.portal.translations.update`."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
PAGES = HERE.parent / "pages"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "_l": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """All messages of pages and templates."""
    catalogue = Catalog(project="Ithaca", charset="utf-8")
    found = extract_from_dir(PAGES, METHODS, keywords=KEYWORDS, comment_tags=(), strip_comment_tags=False)
    for _file, _line, message, _comments, context in found:
        catalogue.add(message, context=context)
    return catalogue


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """The translations that are still wanted, and gaps for new messages; guesses would be taken for translations."""
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def read(source: Path) -> Catalog:
    with source.open("rb") as text:
        return read_po(text, locale=source.parent.parent.name)


def main() -> None:
    template = extracted()
    for source in sorted(HERE.glob("*/LC_MESSAGES/messages.po")):
        catalogue = updated(read(source), template)
        with source.open("wb") as text:
            write_po(text, catalogue, width=120, omit_header=False, sort_output=True, no_location=True)


if __name__ == "__main__":
    main()
