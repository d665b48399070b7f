"""What people see: one module a subject, one template a view."""
