"""What is counted when somebody looks. A part of `bootstrap`."""

from services.matching.adapters import indexes
from services.matching.application.applications import Applications
from services.matching.application.headcounts import Headcounts
from services.matching.application.motives import Motives
from services.matching.application.readiness import Readiness
from services.matching.application.refusals import Refusals
from services.matching.application.renewals import Renewals
from services.matching.application.requests import Requests
from services.matching.domain.headcount import Headcount
from services.matching.domain.motives import MotiveReport
from services.matching.domain.ready import Readying
from services.matching.domain.refusal_report import RefusalReport
from services.matching.domain.renewal import Renewal
from services.matching.domain.suppression import Suppression
from shared.runtime.backbone import Backbone


def looked_at(backbone: Backbone, applications: Applications,
              suppression: Suppression) -> tuple[Readiness, Motives, Headcounts]:
    readyings, reports = backbone.repository(Readying, "readyings"), backbone.repository(MotiveReport, "motive_reports")
    pairs, clock, counts = applications.pairs, backbone.clock, backbone.repository(Headcount, "headcounts")
    renewals = Renewals(backbone.repository(Renewal, "renewals", indexes=indexes.RENEWAL_INDEXES), applications, clock)
    return (Readiness(readyings, pairs, applications, clock),
            Motives(reports, applications, renewals, suppression, clock), Headcounts(counts, pairs, clock))


def refusals(backbone: Backbone, requests: Requests, suppression: Suppression) -> Refusals:
    return Refusals(backbone.repository(RefusalReport, "refusal_reports"), requests, suppression, backbone.clock)
