"""Settings of a broker for tests: one node, small, quick to start, to restart after kill -9 and to rebalance."""

from pathlib import Path

ONE_NODE = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map":
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL,SASL_PLAINTEXT:SASL_PLAINTEXT",
    "auto.create.topics.enable": "false",
    "default.replication.factor": "1",
    "min.insync.replicas": "1",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
}
QUICK = {
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "500",
    # after kill -9 the new process may register only once the old session has expired
    "broker.session.timeout.ms": "1500",
    "broker.heartbeat.interval.ms": "300",
    "log.segment.delete.delay.ms": "1000",
}
SMALL = {
    "num.network.threads": "2",
    "num.io.threads": "4",
    "log.cleaner.dedupe.buffer.size": str(2 * 1024 * 1024),
}


def broker_properties(data: Path, port: int, controller_port: int) -> dict[str, str]:
    """All of `server.properties`. The voters are fixed, so that a formatted folder holds no port."""
    node, controller = f"PLAINTEXT://127.0.0.1:{port}", f"CONTROLLER://127.0.0.1:{controller_port}"
    return {
        **ONE_NODE, **QUICK, **SMALL,
        "controller.quorum.voters": f"1@127.0.0.1:{controller_port}",
        "listeners": f"{node},{controller}",
        "advertised.listeners": node,
        "log.dirs": str(data),
    }
