"""Apache Kafka as the event log; the only place that imports kafka-python."""
