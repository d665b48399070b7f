"""Real engines as child processes of the tests: Apache Kafka, and a server that speaks MongoDB's protocol."""
