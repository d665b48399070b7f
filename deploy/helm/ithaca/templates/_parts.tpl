{{/* What all objects and all pods of a process have in common. Each is given (dict "root" $ "name" service "process" …). */}}

{{- define "ithaca.labels" -}}
app.kubernetes.io/name: ithaca
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .name }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- with .process }}
ithaca/process: {{ . }}
{{- end }}
{{- end }}

{{- define "ithaca.head" -}}
{{- $process := .process | default "" -}}
name: {{ .root.Release.Name }}-{{ .name }}{{ if eq $process "worker" }}-worker{{ end }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "ithaca.labels" . | nindent 2 }}
  app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
  app.kubernetes.io/managed-by: {{ .root.Release.Service }}
  helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* The settings that are no secrets: of all, of this service, and those that follow from the chart itself. */}}
{{- define "ithaca.settings" -}}
{{- $own := dict "HTTP_PORT" "8080" "PROBE_PORT" "9000" -}}
{{- if eq .name "portal" -}}
{{- range $other := without (keys .root.Values.services) "portal" | sortAlpha -}}
{{- $_ := set $own (printf "%s_URL" (upper $other)) (printf "http://%s-%s" $.root.Release.Name $other) -}}
{{- end -}}
{{- end -}}
{{- range $key, $value := merge $own (deepCopy (index .root.Values.services .name).settings) (deepCopy .root.Values.settings) }}
{{ $key }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}

{{- define "ithaca.pod" -}}
{{- $service := index .root.Values.services .name -}}
metadata:
  labels:
    {{- include "ithaca.labels" . | nindent 4 }}
  annotations:
    ithaca/settings: {{ include "ithaca.settings" . | sha256sum }}
    {{- with .root.Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ .root.Release.Name }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: 30
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile: {type: RuntimeDefault}
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- with .root.Values.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "ithaca.labels" . | nindent 10 }}
  containers:
    - name: {{ .process }}
      image: {{ .root.Values.image.registry }}/{{ .name }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args: [services.{{ .name }}.entrypoints.{{ .process }}]
      envFrom:
        - configMapRef: {name: {{ .root.Release.Name }}-{{ .name }}}
      env:
        {{- include "ithaca.secrets" . | nindent 8 }}
        {{- if .root.Values.trust.configMap }}
        - {name: SSL_CERT_FILE, value: /etc/ithaca/trust/ca.crt}
        {{- end }}
      ports:
        - {name: {{ .port }}, containerPort: {{ ternary 8080 9000 (eq .process "web") }}, protocol: TCP}
      startupProbe:
        httpGet: {path: /livez, port: {{ .port }}}
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /livez, port: {{ .port }}}
        periodSeconds: 15
        timeoutSeconds: 5
        failureThreshold: 4
      readinessProbe:
        httpGet: {path: /readyz, port: {{ .port }}}
        periodSeconds: 10
        timeoutSeconds: 8
      {{- if eq .process "web" }}
      lifecycle:
        # whoever still has this address uses it up before the process stops listening
        preStop: {sleep: {seconds: 5}}
      {{- end }}
      resources: {{- toYaml (index $service .process).resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        {{- include "ithaca.ca-mount" . | nindent 8 }}
  volumes:
    - {name: tmp, emptyDir: {sizeLimit: 256Mi}}
    {{- include "ithaca.ca-volume" . | nindent 4 }}
{{- end }}

{{/* Each by its own name, so that a pod says which one is missing. */}}
{{- define "ithaca.secrets" -}}
{{- $service := index .root.Values.services .name -}}
{{- $log := and .root.Values.strimzi.enabled (has "EVENTS_URL" $service.secretKeys) -}}
{{- range $service.secretKeys }}
{{- if not (and $log (eq . "EVENTS_URL")) }}
- name: {{ . }}
  valueFrom: {secretKeyRef: {name: {{ $service.secret }}, key: {{ . }}}}
{{- end }}
{{- end }}
{{- if $log }}
- name: KAFKA_PASSWORD
  valueFrom: {secretKeyRef: {name: ithaca-{{ .name }}, key: password}}
- name: EVENTS_URL
  value: kafka://ithaca-{{ .name }}:$(KAFKA_PASSWORD)@{{ .root.Values.strimzi.bootstrapServers }}?protocol=SASL_SSL&mechanism=SCRAM-SHA-512&ca_file=/etc/kafka/ca.crt
{{- end }}
{{- end }}

{{/* Certificates: those of the company's own authority, and that of the Kafka cluster which Strimzi runs. */}}
{{- define "ithaca.ca-mount" -}}
{{- if .root.Values.trust.configMap }}
- {name: trust, mountPath: /etc/ithaca/trust, readOnly: true}
{{- end }}
{{- if and .root.Values.strimzi.enabled (ne .name "portal") }}
- {name: kafka-ca, mountPath: /etc/kafka, readOnly: true}
{{- end }}
{{- end }}

{{- define "ithaca.ca-volume" -}}
{{- with .root.Values.trust }}
{{- if .configMap }}
- name: trust
  configMap: {name: {{ .configMap }}, items: [{key: {{ .key | quote }}, path: ca.crt}]}
{{- end }}
{{- end }}
{{- if and .root.Values.strimzi.enabled (ne .name "portal") }}
- name: kafka-ca
  secret: {secretName: {{ .root.Values.strimzi.cluster }}-cluster-ca-cert, items: [{key: ca.crt, path: ca.crt}]}
{{- end }}
{{- end }}
