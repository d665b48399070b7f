"""Published contracts, made from the producers' dataclasses: schemas, examples, AsyncAPI and the list of all events."""
