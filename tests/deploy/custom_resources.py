"""Forms of the custom resources that the chart makes: of Strimzi, KEDA and the Prometheus operator, as far as it uses
them, and closed, so that a misspelt field is noticed."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
COUNT: Schema = {"type": "integer", "minimum": 1}
SECONDS: Schema = {"type": "string", "pattern": "^[0-9]+[smh]$"}


def one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def many(items: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": items}


def closed(required: Schema, optional: Schema | None = None) -> Schema:
    return {"type": "object", "properties": {**required, **(optional or {})}, "required": list(required),
            "additionalProperties": False}


SELECTOR = closed({"matchLabels": TEXTS}, {"matchExpressions": many(closed(
    {"key": TEXT, "operator": one_of("In", "NotIn", "Exists", "DoesNotExist")}, {"values": many(TEXT)}))})

ACL = closed({
    "resource": closed({"type": one_of("topic", "group"), "name": TEXT, "patternType": one_of("literal", "prefix")}),
    "operations": many(one_of("Read", "Write", "Create", "Describe"))})

RULE = closed({"alert": TEXT, "expr": TEXT, "labels": closed({"severity": one_of("warning", "critical")}),
               "annotations": closed({"summary": TEXT}, {"description": TEXT})}, {"for": SECONDS})

SPECS: dict[tuple[str, str], Schema] = {
    ("kafka.strimzi.io/v1", "KafkaTopic"): closed({"partitions": COUNT, "config": TEXTS}, {"replicas": COUNT}),
    ("kafka.strimzi.io/v1", "KafkaUser"): closed({
        "authentication": closed({"type": one_of("scram-sha-512")}),
        "authorization": closed({"type": one_of("simple"), "acls": many(ACL)})}),
    ("keda.sh/v1alpha1", "ScaledObject"): closed({
        "scaleTargetRef": closed({"name": TEXT}), "minReplicaCount": COUNT, "maxReplicaCount": COUNT,
        "triggers": many(closed({"type": one_of("kafka"), "metadata": closed({
            "bootstrapServers": TEXT, "consumerGroup": TEXT, "lagThreshold": {"type": "string", "pattern": "^[0-9]+$"},
            "offsetResetPolicy": one_of("earliest", "latest")})}, {"authenticationRef": closed({"name": TEXT})}))}),
    ("monitoring.coreos.com/v1", "PodMonitor"): closed({
        "selector": SELECTOR, "podTargetLabels": many(TEXT),
        "podMetricsEndpoints": many(closed({"port": TEXT, "path": TEXT, "interval": SECONDS}))}),
    ("monitoring.coreos.com/v1", "PrometheusRule"): closed({
        "groups": many(closed({"name": TEXT, "rules": many(RULE)}))}),
}
