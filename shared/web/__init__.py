"""HTTP for every service: app factory, problem details, sign-in, paging, ETag, idempotency, health, metrics."""
