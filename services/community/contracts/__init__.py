"""The events that community publishes: who has to learn what, and did."""
