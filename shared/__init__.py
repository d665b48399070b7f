"""What every service stands on; not a word of mentoring in here."""
