"""The composition root, with `adapters/solved.py`: knows all parts of matching below the ways in."""

from services.matching.adapters import figures, holidays, indexes, kit, solved
from services.matching.adapters.scim.loading import serving
from services.matching.adapters.spreadsheet import read_sheet
from services.matching.application import Matching
from services.matching.application.acquaintances import Acquaintances
from services.matching.application.applications import Applications
from services.matching.application.asking import Asking
from services.matching.application.campaigns import Campaigns
from services.matching.application.candidates import Candidates
from services.matching.application.circles import Circles
from services.matching.application.circling import Circling
from services.matching.application.deciding import Deciding
from services.matching.application.digests import Digests
from services.matching.application.directory import Directory
from services.matching.application.directory_files import DirectoryFiles
from services.matching.application.directory_lines import DirectoryLines
from services.matching.application.directory_walk import DirectoryWalk
from services.matching.application.dotted_lines import DottedLines
from services.matching.application.erased_names import ErasedNames
from services.matching.application.erasures import Erasures
from services.matching.application.exporting import Exporting
from services.matching.application.forgetting import Forgetting
from services.matching.application.funnels import Funnels
from services.matching.application.hr import HrChanges
from services.matching.application.importing import Importing
from services.matching.application.imports import Imports
from services.matching.application.inviting import Inviting
from services.matching.application.kits import Kits
from services.matching.application.motives import Motives
from services.matching.application.moves import Moves
from services.matching.application.offering import Offering
from services.matching.application.organisation_seats import OrganisationSeats
from services.matching.application.pairs import Pairs
from services.matching.application.parked_news import ParkedNews
from services.matching.application.participants import Participants
from services.matching.application.people import People
from services.matching.application.programmes import Programmes
from services.matching.application.requests import Requests
from services.matching.application.rulings import Rulings
from services.matching.application.runs import Runs
from services.matching.application.saved_views import SavedViews
from services.matching.application.scoring import Scorings
from services.matching.application.seating import Seating
from services.matching.application.seeking import Seeking
from services.matching.application.settling import Settling
from services.matching.application.sponsoring import Sponsoring
from services.matching.application.stepping_ups import SteppingUps
from services.matching.application.summaries import Summaries
from services.matching.application.sweeps import Sweeps
from services.matching.application.tasks import Tasks
from services.matching.application.timers import ticking as ticking
from services.matching.application.waiting import Waiting
from services.matching.application.wishing import Wishing
from services.matching.contracts.hr_changes import HR_CHANGES
from services.matching.domain.application import Application
from services.matching.domain.audited import TOLD
from services.matching.domain.before_met import funnel_with_meetings, way_with_meeting
from services.matching.domain.called import with_forms_of_name, with_words_within
from services.matching.domain.campaign import Campaign
from services.matching.domain.circle import Circle
from services.matching.domain.circle_seat import CircleSeat
from services.matching.domain.decision import Decision
from services.matching.domain.digest import Digest
from services.matching.domain.directory import Details
from services.matching.domain.directory_chunk import FileChunk
from services.matching.domain.directory_file import DirectoryFile
from services.matching.domain.dotted_line import DottedLine
from services.matching.domain.erasure import ErasedName, Erasure
from services.matching.domain.funnel import Funnel
from services.matching.domain.hr_news import HrNews
from services.matching.domain.import_chunk import Chunk
from services.matching.domain.import_job import Import
from services.matching.domain.invitation import Invitation
from services.matching.domain.pair import Pair
from services.matching.domain.participant import Participant
from services.matching.domain.person import Person, with_folded_address, with_minted_managers, with_word_of_directory
from services.matching.domain.profile import with_points
from services.matching.domain.programme import Programme
from services.matching.domain.quota import Quota
from services.matching.domain.request import Request
from services.matching.domain.ruling import Ruling
from services.matching.domain.saved_view import SavedView
from services.matching.domain.scoring import Scoring
from services.matching.domain.seats import with_organisation_seat
from services.matching.domain.stepping_up import SteppingUp
from services.matching.domain.suppression import Suppression
from services.matching.domain.sweep import Sweep
from services.matching.domain.task import Task
from services.matching.domain.way import Way
from services.matching.settings import Settings
from shared.runtime.backbone import Backbone
from shared.store.documents import Index


def build(settings: Settings, backbone: Backbone) -> Matching:
    backbone.audit(TOLD)
    clock, people, suppression = backbone.clock, _people(backbone), Suppression(settings.smallest_group)
    directory = _directory(backbone, people, settings.erasure_key)
    fresh = Details(name="", email="", language=settings.directory_language, time_zone=settings.directory_time_zone)
    hr, parked = HrChanges(backbone.repository(HrNews, "hr_news"), directory, fresh), ParkedNews(backbone.parked_keys)
    programmes = Programmes(backbone.repository(Programme, "programmes"), clock)
    pairs, applications = _pairs(backbone, people, programmes, settings.mentor_seats)
    imports = _imports(backbone, directory, pairs)
    directory_files = _directory_files(backbone, DirectoryLines(directory, fresh), settings.directory_most_leaving)
    runs, trials = solved.runs_and_trials(backbone, pairs, settings.runs_a_day, suppression)
    requests, circling = _requests(backbone, people, pairs), _circling(backbone, pairs)
    settling, campaigns = Settling(requests, circling.tasks), _campaigns(backbone, applications, settings.lists_a_day)
    scorings, stepping_ups, saved_views = _selection(backbone, applications)
    rulings, moves = Rulings(pairs.candidates.rulings, pairs, clock), _moves(backbone, pairs, circling, settling)
    readiness, motives, headcounts = figures.looked_at(backbone, applications, suppression)
    erasures = Erasures(backbone.repository(Erasure, "erasures"), Forgetting(people, pairs, circling.circles,
        applications, imports, directory_files, runs, trials, readiness, rulings, settling, stepping_ups,
        motives.renewals, saved_views, hr, parked, moves.dotted, directory.erased, clock), clock)
    summaries = Summaries(applications, imports, runs, headcounts, circling.tasks, campaigns.funnels, clock)
    return Matching(
        people=people, directory=directory, directory_files=directory_files, hr=hr,
        scim=serving(directory, fresh), programmes=programmes, participants=pairs.participants,
        applications=applications, inviting=campaigns.inviting, campaigns=campaigns,
        kits=Kits(campaigns, programmes, people, kit, settings.public_url),
        deciding=Deciding(backbone.repository(Decision, "decisions"), applications, clock), funnels=campaigns.funnels,
        waiting=Waiting(applications, pairs.participants, runs, circling.tasks, clock), scorings=scorings,
        stepping_ups=stepping_ups, motives=motives, imports=imports, runs=runs, trials=trials, rulings=rulings,
        pairs=pairs, circles=circling.circles, circling=circling, seeking=Seeking(pairs), readiness=readiness,
        requests=requests, offering=Offering(requests, runs), settling=settling, tasks=circling.tasks, moves=moves,
        refusals=figures.refusals(backbone, requests, suppression), trade_offs=solved.trade_offs(backbone, runs),
        exporting=_exporting(applications, requests, runs, motives, rulings, erasures, stepping_ups, saved_views),
        saved_views=saved_views, summaries=summaries, sweeps=_sweeps(backbone, applications, circling, settling),
        digests=Digests(backbone.repository(Digest, "digests"), Sponsoring(summaries, suppression), clock),
        erasures=erasures, acquaintances=Acquaintances(pairs, circling.circles, requests, applications, programmes))


def _directory(backbone: Backbone, people: People, erasure_key: str) -> Directory:
    backbone.foreign = (HR_CHANGES.name,)
    names = ErasedNames(backbone.repository(ErasedName, "erased_names"), erasure_key.encode())
    return Directory(people, names, backbone.clock)


def _people(backbone: Backbone) -> People:
    upcasters = {1: with_minted_managers, 2: with_folded_address, 3: with_word_of_directory, 4: with_forms_of_name,
                 5: with_words_within}
    return People(backbone.repository(Person, "people", indexes=indexes.PEOPLE_INDEXES, upcasters=upcasters),
                  backbone.clock)


def _selection(backbone: Backbone, applications: Applications) -> tuple[Scorings, SteppingUps, SavedViews]:
    scorings = backbone.repository(Scoring, "scorings", indexes=indexes.SCORING_INDEXES)
    steps = backbone.repository(SteppingUp, "stepping_ups", indexes=indexes.STEPPING_UP_INDEXES)
    kept = backbone.repository(SavedView, "saved_views", indexes=indexes.SAVED_VIEW_INDEXES)
    views = SavedViews(kept, backbone.clock)
    return Scorings(scorings, applications, backbone.clock), SteppingUps(steps, applications, backbone.clock), views


def _pairs(backbone: Backbone, people: People, programmes: Programmes,
           most_seats: int) -> tuple[Pairs, Applications]:
    participants = Participants(
        backbone.repository(Participant, "participants", indexes=indexes.PARTICIPANT_INDEXES), people, backbone.clock)
    store = backbone.repository(Pair, "pairs", indexes=indexes.PAIR_INDEXES, upcasters={1: with_organisation_seat})
    wishing = Wishing(backbone.repository(Request, "requests", indexes=indexes.REQUEST_INDEXES), people)
    rulings = backbone.repository(Ruling, "rulings", indexes=indexes.RULING_INDEXES)
    seats = backbone.repository(CircleSeat, "circle_seats", indexes=indexes.CIRCLE_SEAT_INDEXES)
    organisation = OrganisationSeats(store, seats, most_seats)
    candidates = Candidates(people, participants, store, wishing, rulings, seats, organisation)
    seating = Seating(store, seats, participants, organisation)
    pairs = Pairs(store, programmes, participants, candidates, seating, backbone.clock)
    applications = backbone.repository(Application, "applications", indexes=indexes.APPLICATION_INDEXES,
                                       upcasters={1: with_points})
    return pairs, Applications(applications, people, pairs, backbone.clock)


def _circling(backbone: Backbone, pairs: Pairs) -> Circling:
    store = backbone.repository(Circle, "circles", indexes=indexes.CIRCLE_INDEXES)
    tasks = Tasks(backbone.repository(Task, "tasks", indexes=indexes.TASK_INDEXES), backbone.clock)
    return Circling(Circles(store, pairs.seating.circle_seats, pairs, backbone.clock), tasks)


def _moves(backbone: Backbone, pairs: Pairs, circling: Circling, settling: Settling) -> Moves:
    dotted = DottedLines(backbone.repository(DottedLine, "dotted_lines", indexes=indexes.DOTTED_LINE_INDEXES))
    return Moves(pairs.participants.people, pairs, circling, settling, dotted)


def _campaigns(backbone: Backbone, applications: Applications, lists_a_day: int) -> Campaigns:
    invitations = backbone.repository(Invitation, "invitations", indexes=indexes.INVITATION_INDEXES)
    quota = Quota("lists of people to invite", lists_a_day)
    inviting = Inviting(invitations, applications, quota, backbone.clock)
    ways = backbone.repository(Way, "ways", indexes=[Index(("to_count",)), Index(("programme_id", "role"))],
                               upcasters={1: way_with_meeting})
    funnels = Funnels(backbone.repository(Funnel, "funnels", upcasters={1: funnel_with_meetings}), ways,
                      applications.pairs.programmes, backbone.clock)
    store = backbone.repository(Campaign, "campaigns", indexes=indexes.CAMPAIGN_INDEXES)
    return Campaigns(store, inviting, funnels, backbone.clock)


def _requests(backbone: Backbone, people: People, pairs: Pairs) -> Requests:
    asking = Asking(people, pairs.programmes, pairs.participants, pairs.candidates, pairs.seating, holidays.is_holiday)
    store = pairs.candidates.wishing.requests
    return Requests(store, pairs.programmes, pairs.participants, asking, pairs.seating, backbone.clock)


def _sweeps(backbone: Backbone, applications: Applications, circling: Circling, settling: Settling) -> Sweeps:
    sweeps = Sweeps.of(backbone.repository(Sweep, "sweeps"), applications, circling, settling)
    backbone.watch("disagreements_found", "what did not agree across documents, and was mended or told", sweeps.found)
    return sweeps


def _imports(backbone: Backbone, directory: Directory, pairs: Pairs) -> Imports:
    store = backbone.repository(Import, "imports", indexes=indexes.IMPORT_INDEXES)
    chunks = backbone.repository(Chunk, "import_rows")
    importing = Importing(directory.people, pairs.participants, pairs.programmes, directory.erased, backbone.clock)
    return Imports(store, chunks, pairs.programmes, importing, read_sheet, backbone.clock)


def _directory_files(backbone: Backbone, lines: DirectoryLines, most_leaving: int) -> DirectoryFiles:
    store = backbone.repository(DirectoryFile, "directory_files", indexes=indexes.DIRECTORY_FILE_INDEXES)
    chunks = backbone.repository(FileChunk, "directory_rows", indexes=[Index(("file_id", "number"))])
    walk = DirectoryWalk(store, chunks, lines, backbone.clock)
    return DirectoryFiles(store, chunks, walk, read_sheet, most_leaving, backbone.clock)


def _exporting(applications: Applications, requests: Requests, runs: Runs, motives: Motives,
               *others: Rulings | Erasures | SteppingUps | SavedViews) -> Exporting:
    pairs, services = applications.pairs, (applications, requests, motives.renewals, *others)
    stores = (applications.people.store, pairs.participants.store, pairs.store, runs.proposals_, runs.unmatched_,
              pairs.seating.circle_seats, *(service.store for service in services))
    return Exporting({one.kind: one for one in stores}, requests)
