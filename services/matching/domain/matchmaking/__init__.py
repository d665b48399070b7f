"""Who suits whom: rules that bar, terms that score, reasons that tell. Usable on any rows of texts."""
