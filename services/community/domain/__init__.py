"""Rules of community: spaces and training; pure Python."""
