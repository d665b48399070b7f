"""Who suits whom: rules that bar a pair, terms that score it, reasons that tell why. Usable on any rows of texts."""
