"""The rules of matching: who is with whom, and when."""
