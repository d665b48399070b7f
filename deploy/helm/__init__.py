"""The chart for Kubernetes, and what of it is made from the code."""
