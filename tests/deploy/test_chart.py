"""The chart is in order, says what Kubernetes understands, and knows what the services need."""

import json
import re
from importlib import import_module
from pathlib import Path

import kubernetes_validate
import pytest
from joserfc.jwk import ECKey
from jsonschema import Draft202012Validator

from shared.runtime.web import GRACE
from shared.runtime.worker import DRAIN
from tests.architecture.test_readmes import environment_names
from tests.architecture.tree import ALL_SERVICES, ROOT, SERVICES
from tests.deploy.conftest import VALUES
from tests.deploy.custom_resources import SPECS
from tests.deploy.helm import CHART, KUBERNETES, Object, environ_of, of_kind, pods, rendered, run

KEY = json.dumps(ECKey.generate_key("P-256").as_dict(private=True))
SECRETS = {"STORE_URL": "mongodb://store", "EVENTS_URL": "kafka://log:9092", "TOKEN_KEY": KEY, "password": "secret",
           "SMTP_URL": "smtp://mail:587", "OIDC_CLIENT_SECRET": "secret",
           **dict.fromkeys(("ERASURE_KEY", "CODE_SECRET", "COOKIE_SECRET"), "x" * 48)}
MONITORING = {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}
DERIVED = {"HTTP_PORT", "PROBE_PORT"}
"""What follows from the chart itself, as the addresses of the services do."""


def service_of(deployment: str) -> str:
    return deployment.split("-")[1]


def names_of(service: str) -> set[str]:
    """All that the environment can tell a service."""
    shared = environment_names(ROOT / "shared" / "runtime" / "settings.py") if service != "portal" else set()
    addresses = {f"{name.upper()}_URL" for name in ALL_SERVICES if service == "portal" != name}
    return environment_names(ROOT / "services" / service / "settings.py") | shared | addresses


def schema() -> Object:
    return json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_helm_finds_nothing_to_complain_of(helm: Path, values: Path) -> None:
    done = run("lint", "--strict", str(CHART), "--values", str(values), "--kube-version", KUBERNETES)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.feature("P5")
def test_kubernetes_understands_every_object(objects: list[Object]) -> None:
    own = {kind for _, kind in SPECS}

    for one in objects:
        if one["kind"] not in own:
            kubernetes_validate.validate(one, KUBERNETES, strict=True)
    assert sum(one["kind"] == "Deployment" for one in objects) == len(ALL_SERVICES) + len(SERVICES)


def test_custom_resources_have_the_form_that_their_operators_know(full: list[Object]) -> None:
    made = {(one["apiVersion"], one["kind"]): one["spec"] for one in full if "." in one["apiVersion"].split("/")[0]
            and not one["apiVersion"].split("/")[0].endswith(".k8s.io")}

    assert made.keys() == SPECS.keys()
    for one in full:
        if form := SPECS.get((one["apiVersion"], one["kind"])):
            Draft202012Validator(form).validate(one["spec"])


@pytest.mark.parametrize(("wrong", "named"), [
    ("imag.tag=1", "'imag' not allowed"),
    ("settings.PUBLIC_ULR=https://here", "at '/settings': additional properties 'PUBLIC_ULR' not allowed"),
    ("services.matching.web.replica=2", "at '/services/matching/web': additional properties 'replica' not allowed"),
    ("settings.ERASURE_KEY=open", "at '/settings': additional properties 'ERASURE_KEY' not allowed"),
    ("services.portal.web.replicas=2", "at '/services/portal/web/replicas': maximum: got 2, want 1"),
    ("monitoring.lag=many", "at '/monitoring/lag': got string, want integer"),
])
def test_a_value_that_does_not_exist_is_refused_by_name(helm: Path, wrong: str, named: str) -> None:
    done = run("template", "mentoring", str(CHART), "--set", wrong)

    assert done.returncode == 1
    assert named in done.stderr


def test_every_process_finds_all_settings_that_it_needs(objects: list[Object]) -> None:
    for name, pod in pods(objects).items():
        environ = environ_of(objects, pod, SECRETS)
        settings = import_module(f"services.{service_of(name)}.settings").read(environ)

        assert environ["HTTP_PORT"] == str(settings.http_port)
        assert "$(" not in environ.get("EVENTS_URL", "").replace("$(KAFKA_PASSWORD)", "")


def test_every_setting_can_be_given_either_openly_or_as_a_secret() -> None:
    forms = schema()["definitions"]
    openly, secretly = set(forms["settings"]["properties"]), set(forms["secretKeys"]["items"]["enum"])
    addresses = {f"{name.upper()}_URL" for name in ALL_SERVICES}
    known = set().union(*(names_of(service) for service in ALL_SERVICES))

    assert openly | secretly == known - DERIVED - addresses
    assert openly & secretly == set()


def test_secrets_are_named_and_never_given(objects: list[Object]) -> None:
    secretly = set(schema()["definitions"]["secretKeys"]["items"]["enum"])
    given = {key for one in of_kind(objects, "ConfigMap").values() for key in one["data"]}

    assert of_kind(objects, "Secret") == {}
    assert given & secretly == set()


def test_a_service_is_given_secrets_of_its_own_only(objects: list[Object]) -> None:
    for name, pod in pods(objects).items():
        refs = [one["valueFrom"]["secretKeyRef"] for one in pod["containers"][0]["env"] if "valueFrom" in one]

        assert {ref["key"] for ref in refs} - {"password"} <= names_of(service_of(name))
        assert {service_of(ref["name"]) for ref in refs} == {service_of(name)}


def test_probes_ask_where_the_code_answers(objects: list[Object]) -> None:
    for name, pod in pods(objects).items():
        (container,) = pod["containers"]
        settings = import_module(f"services.{service_of(name)}.settings").read(environ_of(objects, pod, SECRETS))
        port = settings.probe_port if name.endswith("-worker") else settings.http_port
        paths = {probe: container[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe",
                                                                         "readinessProbe")}

        assert container["args"] == [f"services.{service_of(name)}.entrypoints.{container['name']}"]
        assert (ROOT / (container["args"][0].replace(".", "/") + ".py")).is_file()
        assert [one["containerPort"] for one in container["ports"]] == [port]
        assert paths == {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"}


def test_a_process_has_the_time_that_it_needs_to_end(objects: list[Object]) -> None:
    for name, pod in pods(objects).items():
        (container,) = pod["containers"]
        before = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        needed = DRAIN + 3 if name.endswith("-worker") else GRACE

        assert pod["terminationGracePeriodSeconds"] >= before + needed + 5


def test_no_process_has_a_right_that_it_does_not_need(objects: list[Object]) -> None:
    for pod in pods(objects).values():
        (container,) = pod["containers"]

        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                                "capabilities": {"drop": ["ALL"]}}
        assert container["resources"]["requests"]
        assert container["resources"]["limits"]["memory"]


def test_the_user_is_that_of_the_image(objects: list[Object]) -> None:
    dockerfile = (ROOT / "deploy" / "docker" / "Dockerfile").read_text(encoding="utf-8")
    users = set(re.findall(r"^USER (\d+):(\d+)$", dockerfile, re.MULTILINE))

    assert {(str(pod["securityContext"]["runAsUser"]), str(pod["securityContext"]["runAsGroup"]))
            for pod in pods(objects).values()} == users


def test_nobody_but_the_portal_calls_a_service(helm: Path, full: list[Object]) -> None:
    policies = of_kind(full, "NetworkPolicy")
    denied = policies.pop("mentoring-default-deny")["spec"]

    assert denied["podSelector"]["matchLabels"].keys() == {"app.kubernetes.io/name", "app.kubernetes.io/instance"}
    assert denied["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in denied
    assert policies.keys() == pods(full).keys()
    alone = of_kind(rendered(VALUES / "default.yaml"), "NetworkPolicy")
    for name in SERVICES:
        portal, *others = policies[f"mentoring-{name}"]["spec"]["ingress"][0]["from"]
        assert portal["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == "portal"
        assert [list(other) for other in others] == [["namespaceSelector"]]
        [way] = alone[f"mentoring-{name}"]["spec"]["ingress"]
        assert way["from"] == [portal, {"namespaceSelector": MONITORING}]


def test_only_the_mails_of_notifications_go_out(full: list[Object]) -> None:
    to_mail_servers = {name for name, one in of_kind(full, "NetworkPolicy").items()
                       for way in one["spec"].get("egress", []) if {"port": 587, "protocol": "TCP"} in way["ports"]}

    assert to_mail_servers == {"mentoring-notifications-worker"}


def chosen_by(selector: Object, deployments: dict[str, Object]) -> set[str]:
    """Whose pods bear all labels that it asks for."""
    return {name for name, one in deployments.items()
            if selector["matchLabels"].items() <= one["spec"]["template"]["metadata"]["labels"].items()}


def test_a_selector_finds_the_pods_of_one_process(objects: list[Object]) -> None:
    deployments = of_kind(objects, "Deployment")
    chosen = [tuple(sorted(one["spec"]["selector"]["matchLabels"].items())) for one in deployments.values()]

    assert len(set(chosen)) == len(chosen)
    for name, one in deployments.items():
        assert chosen_by(one["spec"]["selector"], deployments) == {name}
    for name, one in of_kind(objects, "NetworkPolicy").items():
        everybody = name.endswith("-default-deny")
        assert chosen_by(one["spec"]["podSelector"], deployments) == (deployments.keys() if everybody else {name})
    for name, one in of_kind(objects, "Service").items():
        assert one["spec"]["selector"] == deployments[name]["spec"]["selector"]["matchLabels"]
    for name, one in of_kind(objects, "PodDisruptionBudget").items():
        assert one["spec"]["selector"] == deployments[name]["spec"]["selector"]


def test_what_scales_itself_is_not_told_how_many(full: list[Object]) -> None:
    deployments = of_kind(full, "Deployment")
    scaled = {one["spec"]["scaleTargetRef"]["name"] for kind in ("HorizontalPodAutoscaler", "ScaledObject")
              for one in of_kind(full, kind).values()}

    assert {name for name, one in deployments.items() if "replicas" not in one["spec"]} == scaled
    assert len(scaled) == 2 * len(SERVICES)


def test_every_process_trusts_the_own_authority_of_a_company(objects: list[Object], full: list[Object]) -> None:
    for these in (objects, full):
        for pod in pods(these).values():
            (container,) = pod["containers"]
            volumes = {one["name"]: one.get("configMap", {}).get("name") for one in pod["volumes"]}
            mounted = {one["mountPath"]: volumes[one["name"]] for one in container["volumeMounts"]}

            trusted = environ_of(these, pod, SECRETS).get("SSL_CERT_FILE")

            assert (trusted == "/etc/ithaca/trust/ca.crt") == (these is full)
            assert mounted.get("/etc/ithaca/trust") == ("company-authorities" if these is full else None)


def test_pods_begin_anew_when_a_setting_changes(helm: Path, full: list[Object]) -> None:
    before = of_kind(rendered(VALUES / "default.yaml"), "Deployment")

    marks = {name: [one[name]["spec"]["template"]["metadata"]["annotations"]["ithaca/settings"]
                    for one in (before, of_kind(full, "Deployment"))] for name in before}

    assert all(one != other for one, other in marks.values())
    assert marks["mentoring-matching"] != marks["mentoring-surveys"]
