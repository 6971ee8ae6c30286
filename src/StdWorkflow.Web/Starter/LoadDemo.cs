using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Starter;

/// <summary>Adds invented people with their positions and logins; without a password they get no login, and whoever lacks one gets it from the next that has.</summary>
internal sealed record LoadDemoPeople(IReadOnlyList<DemoPersonEntry> Entries, string? Password) : LoadStarter
{
    // A record prints all its properties; no password belongs into a log.
    public override string ToString() => nameof(LoadDemoPeople);
}

internal sealed class LoadDemoPeopleHandler(AppDbContext db, Accounts accounts) : ICommandHandler<LoadDemoPeople, int>
{
    public async Task<Result<int>> Handle(LoadDemoPeople command, CancellationToken stop)
    {
        var known = await db.People.Where(person => person.IsDemo && person.NormalizedEmail != null).ToDictionaryAsync(person => person.NormalizedEmail!, StringComparer.Ordinal, stop);
        var logins = (await db.Users.Select(user => user.PersonId).ToListAsync(stop)).ToHashSet();
        var missing = command.Entries.Where(entry => !known.ContainsKey(entry.Email.ToUpperInvariant())).ToList();
        var shutOut = command.Password is null ? [] : command.Entries.Where(entry => known.TryGetValue(entry.Email.ToUpperInvariant(), out var person) && !logins.Contains(person.Id)).ToList();
        foreach (var entry in shutOut)
        {
            var login = await accounts.OpenAsync(known[entry.Email.ToUpperInvariant()], entry.Email, command.Password!);
            if (!login.IsOk) return Result<int>.Fail(login.Problems);
        }

        if (missing.Count == 0) return shutOut.Count;

        var organizations = await db.Organizations.Select(known => new { known.Code, known.Id }).ToDictionaryAsync(known => known.Code, known => known.Id, stop);
        var committees = await db.Committees.Select(known => new { known.Code, known.Id }).ToDictionaryAsync(known => known.Code, known => known.Id, stop);
        var positions = await db.Positions.Select(known => new { known.Key, known.Id }).ToDictionaryAsync(known => known.Key, known => known.Id, stop);
        foreach (var entry in missing)
        {
            var language = entry.Language == "en" ? Language.English : Language.Chinese;
            var person = Person.Add(entry.FullName, entry.Reading, entry.Email, language, organizations[entry.Organization], isDemo: true).Value;
            db.People.Add(person);
            if (command.Password is not null)
            {
                var login = await accounts.OpenAsync(person, entry.Email, command.Password);
                if (!login.IsOk) return Result<int>.Fail(login.Problems);
            }

            foreach (var held in entry.Memberships)
                db.Memberships.Add(Membership.Appoint(
                    person.Id, held.Committee is { } committee ? committees[committee] : null, positions[held.Position],
                    organizations[held.Organization ?? entry.Organization], held.From, held.To, isDemo: true).Value);
        }

        return missing.Count + shutOut.Count;
    }
}

/// <summary>
/// Adds invented work items. Their past is lived through again by the steps that a secretariat would have taken, each on its day:
/// an item whose gates were not met cannot come into being.
/// </summary>
internal sealed record LoadDemoWorkItems(IReadOnlyList<DemoWorkItemEntry> Entries, IReadOnlyDictionary<string, string> SecretariatStaff) : LoadStarter;

internal sealed class LoadDemoWorkItemsHandler(AppDbContext db, ProcessCatalog processes, TimeProvider clock) : ICommandHandler<LoadDemoWorkItems, int>
{
    private readonly Dictionary<string, WorkItem> items = new(StringComparer.Ordinal);
    private Dictionary<string, Guid> people = [];
    private Dictionary<string, Guid> organizations = [];
    private Dictionary<string, Guid?> staff = [];
    private WorkingCalendar calendar = new([], []);

    public async Task<Result<int>> Handle(LoadDemoWorkItems command, CancellationToken stop)
    {
        if (await db.WorkItems.AnyAsync(item => item.IsDemo, stop)) return 0;

        people = await db.People.Where(person => person.IsDemo && person.Email != null).ToDictionaryAsync(person => person.Email!, person => person.Id, stop);
        organizations = await db.Organizations.ToDictionaryAsync(organization => organization.Code, organization => organization.Id, stop);
        calendar = await db.CalendarYears.ReadAsync(stop);
        staff = await StaffAsync(command.SecretariatStaff, stop);
        foreach (var entry in command.Entries)
        {
            var lived = await LiveAsync(entry, stop);
            if (!lived.IsOk) throw new InvalidDataException($"{entry.Key}: {string.Join(", ", lived.Problems)}");
            items.Add(entry.Key, lived.Value);
        }

        return command.Entries.Count;
    }

    private async Task<Result<WorkItem>> LiveAsync(DemoWorkItemEntry entry, CancellationToken stop)
    {
        var definition = await processes.CurrentAsync(db.Processes, entry.Process, stop) ?? throw new InvalidDataException($"There is no process {entry.Process}.");
        var committee = await db.Committees.Where(known => known.Code == entry.Committee).Select(known => known.Id).SingleAsync(stop);
        var began = DemoSteps.At(entry.History[0].Entered);
        var proposed = WorkItem.Propose(
            await db.NextAsync(Numbering.WorkItems, stop), entry.Kind, entry.Title, committee, entry.Proposal, entry.IsPublic, isDemo: true, definition, calendar, entry.History[0].Entered, began);
        if (!proposed.IsOk) return proposed;

        var item = proposed.Value;
        db.WorkItems.Add(item);
        foreach (var origin in entry.Lineage ?? []) item.ComesFrom(origin.Kind, items[origin.From].Id, null, began);
        if (entry.Leader is { } leader) item.AssignLeader(people[leader], began);
        item.NameDraftingOrganizations([.. entry.DraftingOrganizations.Select(code => organizations[code])], began);
        var numbered = item.GiveNumbers(entry.PlanNumber, entry.StandardNumber, entry.InternationalReference, began);
        if (!numbered.IsOk) return numbered;
        var planned = item.PlanStages(item.Main, definition, entry.Plan ?? [], began, began);
        if (!planned.IsOk) return planned;

        Consultation? consultation = null;
        foreach (var stay in entry.History.Skip(1))
        {
            var transition = definition.Transitions.Single(way => way.From == item.Main.StageKey && way.To == stay.Stage && way.Kind == stay.Kind);
            var stepped = DemoSteps.Take(item, item.Main, definition, transition, stay.Reason, stay.Entered, staff.GetValueOrDefault(entry.Committee), consultation?.ClosesAtUtc, 0, calendar);
            if (!stepped.IsOk) return Result<WorkItem>.Fail(stepped.Problems);
            if (consultation is not null) consultation.Close(DemoSteps.At(stay.Entered), stay.Reason);
            consultation = definition.StageOf(stay.Stage).OpensConsultation ? await DemoSteps.OpenConsultationAsync(db, item, stop) : null;
        }

        foreach (var beside in entry.Tracks ?? [])
        {
            var lived = await LiveBesideAsync(item, definition, beside, staff.GetValueOrDefault(entry.Committee), stop);
            if (!lived.IsOk) return Result<WorkItem>.Fail(lived.Problems);
        }

        var comments = entry.Consultation is { } period ? Comment(consultation ?? throw new InvalidDataException($"{entry.Key} is not open for comments."), period) : [];
        item.LookAgain(item.Main, definition, item.FactsOf(item.Main, clock.UtcNow(), consultation?.ClosesAtUtc, comments.Count, comments.Count(comment => comment.Disposition is null)));
        if (entry.Request is not { } asked) return item;
        return StepRequest.Ask(
                await db.NextAsync(Numbering.StepRequests, stop), item, item.Main, definition, asked.Transition, people[asked.By], asked.Reason, asked.WantedBy, asked.AskedAt)
            .Tap(request => db.StepRequests.Add(request)).Map(_ => item);
    }

    private async Task<Result<Track>> LiveBesideAsync(WorkItem item, ProcessDefinition text, DemoTrackEntry entry, Guid? statedBy, CancellationToken stop)
    {
        var definition = await processes.CurrentAsync(db.Processes, entry.Process, stop) ?? throw new InvalidDataException($"There is no process {entry.Process}.");
        var began = entry.History[0].Entered;
        var started = item.StartTrack(entry.Kind, text, definition, began, calendar, DemoSteps.At(began));
        if (!started.IsOk) return started;

        foreach (var stay in entry.History.Skip(1))
        {
            var transition = definition.Transitions.Single(way => way.From == started.Value.StageKey && way.To == stay.Stage && way.Kind == stay.Kind);
            var stepped = DemoSteps.Take(item, started.Value, definition, transition, stay.Reason, stay.Entered, statedBy, null, 0, calendar);
            if (!stepped.IsOk) return Result<Track>.Fail(stepped.Problems);
        }

        return started;
    }

    private List<Comment> Comment(Consultation consultation, DemoConsultationEntry period)
    {
        var comments = new List<Comment>();
        foreach (var sent in period.Submissions)
        {
            var submission = Submission.Receive(
                consultation, sent.Receipt, sent.Channel, sent.SenderName, sent.SenderOrganization, sent.SenderEmail, sent.MayPublishName, null, sent.ReceivedAt, isDemo: true).Value;
            db.Submissions.Add(submission);
            foreach (var (said, index) in sent.Comments.Select((said, index) => (said, index)))
            {
                var comment = Domain.Consultations.Comment.Make(submission, index + 1, said.Clause, said.Type, said.Text, said.ProposedChange).Value;
                if (said.Disposition is { } decided) comment.Dispose(decided.Value, decided.Reason, people[decided.By], decided.At);
                db.Comments.Add(comment);
                comments.Add(comment);
            }
        }

        return comments;
    }

    /// <summary>For every committee whoever staffs the secretariat there, or nearest above.</summary>
    private async Task<Dictionary<string, Guid?>> StaffAsync(IReadOnlyDictionary<string, string> staffByCommittee, CancellationToken stop)
    {
        var tree = await (
            from row in db.CommitteeAncestors
            join below in db.Committees on row.CommitteeId equals below.Id
            join above in db.Committees on row.AncestorId equals above.Id
            select new { Below = below.Code, Above = above.Code, row.Depth }).ToListAsync(stop);
        return tree.GroupBy(row => row.Below).ToDictionary(
            rows => rows.Key,
            rows => rows.OrderBy(row => row.Depth).Select(row => staffByCommittee.TryGetValue(row.Above, out var mail) ? people[mail] : (Guid?)null).FirstOrDefault(person => person is not null));
    }
}
