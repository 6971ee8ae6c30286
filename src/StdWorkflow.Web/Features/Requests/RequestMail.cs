using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>
/// Tells whoever may decide that a step is asked for, and again when the wish date is near: what, by whom, why, until when, how the gates
/// stand, and the two links. Following one only opens a page; the button there decides.
/// </summary>
internal sealed class RequestMail(
    AppDbContext db, WorkItemLoading loading, DeadlineWords deadlines, ProblemTexts problems, MailLinks links, IStringLocalizer<RequestTexts> texts, IStringLocalizer<ComponentTexts> pieces, TimeProvider clock)
    : IMailFor<StepRequested>, IMailFor<StepRequestDayNear>
{
    public IQueryable<Guid> Recipients(StepRequested happened, Guid subject, AppDbContext db) => Deciders(happened.WorkItem, happened.Asker, Instants.DateIn(clock.UtcNow()), db).Select(decider => decider.Person);
    public IQueryable<Guid> Recipients(StepRequestDayNear happened, Guid subject, AppDbContext db) => Deciders(happened.WorkItem, happened.Asker, Instants.DateIn(clock.UtcNow()), db).Select(decider => decider.Person);

    public Task<Letter?> WriteAsync(StepRequested happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(subject, "Mail.Subject", stop);
    public Task<Letter?> WriteAsync(StepRequestDayNear happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(subject, "Mail.SubjectNear", stop);

    private sealed record Decider
    {
        public Guid Person { get; init; }
        public Guid Position { get; init; }
        public int Depth { get; init; }
    }

    /// <summary>
    /// Those who hold a position that may take steps in the item's committee or, where nobody does, in the nearest one above; without the
    /// asker, who needs no telling. The request itself is not in the database yet when it is asked.
    /// </summary>
    private static IQueryable<Decider> Deciders(Guid item, Guid asker, DateOnly today, AppDbContext from)
    {
        var holders =
            from work in @from.WorkItems
            where work.Id == item
            from above in @from.CommitteeAncestors
            where above.CommitteeId == work.CommitteeId
            join held in @from.Memberships on above.AncestorId equals held.CommitteeId
            where held.PersonId != asker && held.From <= today && (held.To == null || held.To >= today)
            join position in @from.Positions on held.PositionId equals position.Id
            where ("," + position.PermissionNames + ",").Contains("," + nameof(Permission.Advance) + ",")
            select new Decider { Person = held.PersonId, Position = position.Id, Depth = above.Depth };
        return holders.Where(holder => !holders.Any(nearer => nearer.Depth < holder.Depth));
    }

    private static async Task<string> NamesAsync(IQueryable<Decider> deciders, IStringLocalizer<RequestTexts> texts, AppDbContext from, CancellationToken stop)
    {
        var named = await (
            from decider in deciders
            join person in @from.People on decider.Person equals person.Id
            join position in @from.Positions on decider.Position equals position.Id
            select new { person.Id, person.FullName, position.Name, position.SortOrder }).ToListAsync(stop);
        return string.Join(
            Reader.Language == Language.Chinese ? "、" : ", ",
            named.OrderBy(one => one.SortOrder).ThenBy(one => one.FullName, StringComparer.Ordinal).DistinctBy(one => one.Id).Select(one => texts["Mail.Decider", one.FullName, one.Name.In(Reader.Language)].Value));
    }

    private async Task<Letter?> WriteAsync(Guid subject, string about, CancellationToken stop)
    {
        var request = await db.StepRequests.AsNoTracking().SingleAsync(known => known.Id == subject, stop);
        if (request.State != StepRequestState.Open) return null;
        var code = await db.WorkItems.Where(item => item.Id == request.WorkItemId).Select(item => item.Code).SingleAsync(stop);
        var (item, definition, facts) = (await loading.FindAsync(db.WorkItems.AsNoTracking(), code, request.TrackId, stop)).Value;
        var asker = await db.People.Where(person => person.Id == request.AskedById).Select(person => person.FullName).SingleAsync(stop);
        var deciders = await NamesAsync(Deciders(request.WorkItemId, request.AskedById, Instants.DateIn(clock.UtcNow()), db), texts, db, stop);
        var (title, name) = (item.Title.In(Reader.Language), StepNames.Of(definition, request.TransitionKey));
        var due = RequestLine.DueOf(request.WantedBy, request.Zone, request.WantedByUtc, request.State, clock.UtcNow());
        var paragraphs = new List<string>
        {
            texts["Mail.Asks", asker, item.Code, title, name],
            texts["Mail.Reason", request.Reason],
            texts["Mail.WantedBy", deadlines.Until(due), deadlines.State(due)],
            Gates(definition.Next(facts).FirstOrDefault(next => next.Transition.Key == request.TransitionKey)),
            texts["Mail.Grant", links.Base + RequestLinks.Grant(request.Code)],
            texts["Mail.Decline", links.Base + RequestLinks.Decline(request.Code)],
            texts["Mail.Deciders", deciders],
        };
        if (request.IsDemo) paragraphs.Add(texts["Mail.Demo"]);
        return new Letter(texts[about, item.Code, name, asker], texts["Mail.Cause"], paragraphs);
    }

    private string Gates(NextStep? step)
    {
        if (step is null) return texts["Mail.StepGone"];
        if (step.IsOpen) return texts[step.Gates.Count == 0 ? "NoGates" : "Mail.GatesMet"];
        return string.Join('\n', step.Gates.Select(gate => gate.Met
            ? texts["Mail.GateMet", GateWords.NameOf(gate.Gate, pieces)]
            : texts["Mail.GateUnmet", GateWords.NameOf(gate.Gate, pieces), problems.Say(gate.Reason!)]).Select(line => line.Value).Prepend(texts["Mail.Gates"].Value));
    }
}

/// <summary>Tells the asker what became of the request; of what can be undone not before it no longer can.</summary>
internal sealed class RequestOutcomeMail(AppDbContext db, WorkItemLoading loading, IStringLocalizer<RequestTexts> texts) :
    IMailFor<StepRequestGranted>, IMailFor<StepRequestDeclined>, IMailFor<StepRequestOvertaken>
{
    public IQueryable<Guid> Recipients(StepRequestGranted happened, Guid subject, AppDbContext db) => Asker(subject, db);
    public IQueryable<Guid> Recipients(StepRequestDeclined happened, Guid subject, AppDbContext db) => Asker(subject, db);
    public IQueryable<Guid> Recipients(StepRequestOvertaken happened, Guid subject, AppDbContext db) => Asker(subject, db);

    public Task<Letter?> WriteAsync(StepRequestGranted happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(subject, StepRequestState.Granted, stop);
    public Task<Letter?> WriteAsync(StepRequestDeclined happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(subject, StepRequestState.Declined, stop);
    public Task<Letter?> WriteAsync(StepRequestOvertaken happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(subject, StepRequestState.Overtaken, stop);

    private static IQueryable<Guid> Asker(Guid request, AppDbContext from) =>
        @from.StepRequests.Where(known => known.Id == request).Select(known => known.AskedById);

    private async Task<Letter?> WriteAsync(Guid subject, StepRequestState told, CancellationToken stop)
    {
        var request = await db.StepRequests.AsNoTracking().SingleAsync(known => known.Id == subject, stop);
        // Who decided for themselves knows; while the recipients are looked for, the decision is not yet in the database.
        if (request.State != told || request.ClosedById == request.AskedById) return null;
        var code = await db.WorkItems.Where(item => item.Id == request.WorkItemId).Select(item => item.Code).SingleAsync(stop);
        var (item, definition, _) = (await loading.FindAsync(db.WorkItems.AsNoTracking(), code, request.TrackId, stop)).Value;
        var by = await db.People.Where(person => person.Id == request.ClosedById).Select(person => person.FullName).SingleOrDefaultAsync(stop);
        var (title, name) = (item.Title.In(Reader.Language), StepNames.Of(definition, request.TransitionKey));
        List<string> said = [texts[$"Mail.Outcome.{told}", item.Code, title, name, by ?? "—"]];
        if (request.Words is not null) said.Add(texts["Mail.Words", request.Words]);
        return new Letter(texts["Mail.OutcomeSubject", item.Code, name, texts[$"StepRequestState.{told}"].Value], texts["Mail.OutcomeCause"], said) { Path = RequestLinks.Details(request.Code) };
    }
}
