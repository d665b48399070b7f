"""Technology of matching alone: the solver's library, spreadsheets."""
