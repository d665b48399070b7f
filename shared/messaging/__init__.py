"""The event backbone, whatever log is behind it: envelope, relay, consumer, dead letters, clock."""
