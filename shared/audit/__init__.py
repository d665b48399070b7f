"""The audit log: who changed what, when and why, in one chain that shows whether anything is missing or was altered."""
