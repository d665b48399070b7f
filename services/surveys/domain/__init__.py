"""Rules of surveys: journeys, check-ins, goals and cases; pure Python."""
