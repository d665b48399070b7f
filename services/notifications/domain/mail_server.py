"""The server that takes our mails."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class MailServer:
    """Where mails go. `starttls`: encryption is demanded, never only hoped for; `ca_file` an authority of the house."""

    host: str
    port: int
    tls: bool = False
    starttls: bool = True
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    ca_file: str | None = None
