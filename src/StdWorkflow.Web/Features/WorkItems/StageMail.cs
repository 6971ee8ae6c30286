using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Following;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Tells the leader, whoever moves the work of the item's committee, and whoever follows it, that a step was taken.</summary>
internal sealed class StageMail(AppDbContext db, ProcessCatalog processes, FollowersOf followers, IStringLocalizer<WorkItemTexts> texts, TimeProvider clock) :
    IMailFor<StageAdvanced>, IMailFor<StageReturned>, IMailFor<StageRepeated>, IMailFor<WorkItemAbandoned>, IMailFor<StageJumped>, IMailFor<StageRecorded>
{
    public IQueryable<Guid> Recipients(StageAdvanced happened, Guid subject, AppDbContext db) => Recipients(subject, db);
    public IQueryable<Guid> Recipients(StageReturned happened, Guid subject, AppDbContext db) => Recipients(subject, db);
    public IQueryable<Guid> Recipients(StageRepeated happened, Guid subject, AppDbContext db) => Recipients(subject, db);
    public IQueryable<Guid> Recipients(WorkItemAbandoned happened, Guid subject, AppDbContext db) => Recipients(subject, db);
    public IQueryable<Guid> Recipients(StageJumped happened, Guid subject, AppDbContext db) => Recipients(subject, db);

    /// <summary>Those who do the work know what their files say.</summary>
    public IQueryable<Guid> Recipients(StageRecorded happened, Guid subject, AppDbContext db) => followers.Hearing(subject);

    public Task<Letter?> WriteAsync(StageAdvanced happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(happened.Track, happened.From, happened.To, happened.Reason, subject, to, stop);
    public Task<Letter?> WriteAsync(StageReturned happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(happened.Track, happened.From, happened.To, happened.Reason, subject, to, stop);
    public Task<Letter?> WriteAsync(StageRepeated happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(happened.Track, happened.Stage, happened.Stage, happened.Reason, subject, to, stop);
    public Task<Letter?> WriteAsync(WorkItemAbandoned happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(happened.Track, happened.From, happened.To, happened.Reason, subject, to, stop);
    public Task<Letter?> WriteAsync(StageJumped happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(happened.Track, happened.From, happened.To, happened.Reason, subject, to, stop);
    public Task<Letter?> WriteAsync(StageRecorded happened, Guid subject, Addressee to, CancellationToken stop) => WriteAsync(happened.Track, happened.From ?? happened.To, happened.To, happened.Reason, subject, to, stop);

    private IQueryable<Guid> Recipients(Guid item, AppDbContext from) => RecipientsOf(item, Instants.DateIn(clock.UtcNow()), from);

    /// <summary>Who gets mail when a work item moves; also counted before it does.</summary>
    public static IQueryable<Guid> RecipientsOf(Guid item, DateOnly today, AppDbContext from)
    {
        var (working, following) = (Working(item, today, from), FollowersOf.Hearing(item, today, from));
        return @from.People.Where(person => working.Contains(person.Id) || following.Contains(person.Id)).Select(person => person.Id);
    }

    private static IQueryable<Guid> Working(Guid item, DateOnly today, AppDbContext from)
    {
        var holders =
            from work in @from.WorkItems
            where work.Id == item
            join held in @from.Memberships on work.CommitteeId equals held.CommitteeId
            where held.From <= today && (held.To == null || held.To >= today)
            join position in @from.Positions on held.PositionId equals position.Id
            where ("," + position.PermissionNames + ",").Contains("," + nameof(Permission.Advance) + ",")
            select held.PersonId;
        return @from.People.Where(person => holders.Contains(person.Id) || @from.WorkItems.Any(work => work.Id == item && work.LeaderId == person.Id)).Select(person => person.Id);
    }

    private async Task<Letter?> WriteAsync(Guid moved, string before, string after, string? reason, Guid subject, Addressee to, CancellationToken stop)
    {
        var works = await Working(subject, Instants.DateIn(clock.UtcNow()), db).AnyAsync(person => person == to.Person, stop);
        // Who stopped following while the mail waited, or may no longer see the item, hears nothing of it.
        if (!works && !await followers.Hearing(subject).AnyAsync(person => person == to.Person, stop)) return null;

        var item = await db.WorkItems.AsNoTracking().Where(known => known.Id == subject)
            .Select(known => new { known.Code, known.Title, StandardNumber = known.DoubleNumber ?? known.StandardNumber, Track = known.Tracks.Where(track => track.Id == moved).Select(track => new { track.Kind, track.ProcessKey, track.ProcessVersion }).First() }).SingleAsync(stop);
        var definition = await processes.OfAsync(db.Processes, item.Track.ProcessKey, item.Track.ProcessVersion, stop);
        var title = item.Title.In(Reader.Language);
        string Name(string stage)
        {
            var name = definition.FindStage(stage)?.Name.In(Reader.Language) ?? stage;
            return item.Track.Kind == TrackKind.MainText ? name : texts["OfTrack", texts[$"TrackKind.{item.Track.Kind}"], name];
        }

        List<string> said = [before == after ? texts["StageMail.Again", item.Code, title, Name(after)] : texts["StageMail.Text", item.Code, title, Name(before), Name(after)]];
        if (item.StandardNumber is { } number && item.Track.Kind == TrackKind.MainText && definition.FindStage(after)?.Ends == TrackEnd.Finished) said.Add(texts["StageMail.Published", number]);
        if (reason is not null) said.Add(texts["StageMail.Reason", reason]);
        var origin = works ? null : await followers.OriginAsync(to.Person!.Value, subject, stop);
        var cause = works ? texts["StageMail.Cause"] : origin is null ? texts["StageMail.Follows", item.Code] : texts["StageMail.GrewFrom", item.Code, origin];
        return new Letter(texts["StageMail.Subject", item.Code, Name(after), title], cause, said) { Path = WorkItemLinks.Details(item.Code), Stop = works ? null : FollowingLinks.Of(item.Code) };
    }
}
