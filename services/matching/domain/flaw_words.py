"""Words for what is wrong in a sheet."""

from services.matching.domain.sheet import Flaw

WORDS = {
    "en": {
        "workbook": "this is a workbook: save it as CSV or text first",
        "wrong-encoding": "cannot be read as {encoding}",
        "not-text": "is no text: it holds zero bytes",
        "empty-file": "is empty: a line with the names of the columns is expected",
        "broken-quotes": "quotation marks do not close, or text follows after them",
        "doubled-column": "column “{column}” is there {times} times",
        "unnamed-column": "column number {position} has no name",
        "short-line": "has {cells} cells, the heading {columns}",
        "long-line": "has {cells} cells, the heading {columns}",
        "missing-column": "column “{column}” is missing; it is needed for “{needed_by}”",
        "empty-id": "“{column}” is empty",
        "doubled-id": "“{column}” {id} is there already, on line {first}",
        "wrong-count": "“{column}” is {text}: a whole number from 0 to {most} is expected",
        "wrong-number": "“{column}” is {text}: a number is expected",
        "not-on-scale": "“{column}” is {text}, which is not on the scale",
        "unknown-wish": "“{column}” names {wish}, who is not in the other file",
    },
    "de": {
        "workbook": "dies ist eine Arbeitsmappe: bitte zuerst als CSV oder Text speichern",
        "wrong-encoding": "ist nicht als {encoding} lesbar",
        "not-text": "ist kein Text: enthält Null-Bytes",
        "empty-file": "ist leer: eine Zeile mit den Namen der Spalten wird erwartet",
        "broken-quotes": "Anführungszeichen schließen nicht, oder es folgt Text nach ihnen",
        "doubled-column": "Spalte „{column}“ kommt {times}-mal vor",
        "unnamed-column": "Spalte Nummer {position} hat keinen Namen",
        "short-line": "hat {cells} Zellen, die Überschrift {columns}",
        "long-line": "hat {cells} Zellen, die Überschrift {columns}",
        "missing-column": "Spalte „{column}“ fehlt; sie wird für „{needed_by}“ gebraucht",
        "empty-id": "„{column}“ ist leer",
        "doubled-id": "„{column}“ {id} gibt es schon, in Zeile {first}",
        "wrong-count": "„{column}“ ist {text}: eine ganze Zahl von 0 bis {most} wird erwartet",
        "wrong-number": "„{column}“ ist {text}: eine Zahl wird erwartet",
        "not-on-scale": "„{column}“ ist {text}, das steht nicht auf der Skala",
        "unknown-wish": "„{column}“ nennt {wish}; diese Person ist nicht in der anderen Datei",
    },
}


def flaw_words(flaw: Flaw, language: str) -> str:
    """Without the line, which belongs before it."""
    return WORDS[language][flaw.code].format_map({"column": flaw.column, **flaw.params})
