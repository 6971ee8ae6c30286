using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.International;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Security;

/// <summary>
/// What may be read: every set untracked and limited to what the asker may see, visitors too. Pages and API read from here and
/// never from the context.
/// </summary>
public sealed class Visible
{
    private readonly AppDbContext db;
    private readonly CurrentUser me;

    internal Visible(AppDbContext db, CurrentUser me) => (this.db, this.me) = (db, me);

    /// <summary>Public work items, and all of the committees in which I have the right to view, those below included.</summary>
    public IQueryable<WorkItem> WorkItems
    {
        get
        {
            if (me.MayEverywhere(Permission.View)) return Of<WorkItem>();
            var mine = me.CommitteesWhereMay(Permission.View);
            return mine.Count == 0
                ? Of<WorkItem>().Where(item => item.IsPublic)
                : Of<WorkItem>().Where(item => item.IsPublic || (item.CommitteeId != null && mine.Contains(item.CommitteeId.Value)));
        }
    }

    /// <summary>Tracks of visible work items.</summary>
    public IQueryable<Track> Tracks => from track in Of<Track>() where WorkItems.Any(item => item.Id == track.WorkItemId) select track;

    /// <summary>Tracks of all work items, for a list that goes along them and joins <see cref="WorkItems"/>.</summary>
    public IQueryable<Track> TracksToJoin => Of<Track>();

    /// <summary>Tracks of the committees in which I may do something and may view all: what stands on the track is enough to tell.</summary>
    public IQueryable<Track> TracksWhereIMay(Permission permission)
    {
        if (me.MayEverywhere(Permission.View) && me.MayEverywhere(permission)) return Of<Track>();
        var mine = (me.MayEverywhere(permission) ? me.CommitteesWhereMay(Permission.View)
            : me.MayEverywhere(Permission.View) ? me.CommitteesWhereMay(permission)
            : me.CommitteesWhereMay(permission).Intersect(me.CommitteesWhereMay(Permission.View))).ToList();
        return Of<Track>().Where(track => track.CommitteeId != null && mine.Contains(track.CommitteeId.Value));
    }

    /// <summary>Stays in a stage, of visible work items.</summary>
    public IQueryable<StageSpan> StageSpans => from span in Of<StageSpan>() where WorkItems.Any(item => item.Id == span.WorkItemId) select span;

    /// <summary>Stays in a stage of tracks that the page has found in <see cref="WorkItems"/>.</summary>
    public IQueryable<StageSpan> SpansOf(IReadOnlyCollection<Guid> tracks) => Of<StageSpan>().Where(span => tracks.Contains(span.TrackId)).OrderBy(span => span.Ordinal);

    /// <summary>Deadlines of tracks that the page has found in <see cref="WorkItems"/>, those done and dropped too.</summary>
    public IQueryable<Deadline> DeadlinesOf(IReadOnlyCollection<Guid> tracks) => Of<Deadline>().Where(due => due.TrackId != null && tracks.Contains(due.TrackId.Value));

    /// <summary>Planned days of tracks that the page has found in <see cref="WorkItems"/>.</summary>
    public IQueryable<PlannedStage> PlannedStagesOf(IReadOnlyCollection<Guid> tracks) => Of<PlannedStage>().Where(planned => tracks.Contains(planned.TrackId));

    /// <summary>Running deadlines of tracks that the page has found in <see cref="WorkItems"/>.</summary>
    public IQueryable<Deadline> RunningDeadlinesOf(IReadOnlyCollection<Guid> tracks) =>
        // Not "is running": SQLite would look through all running deadlines there are, and not through those of the tracks.
        Of<Deadline>().Where(due => due.Status != DeadlineStatus.Met && due.Status != DeadlineStatus.Cancelled && due.TrackId != null && tracks.Contains(due.TrackId.Value));

    /// <summary>Attestations of visible work items.</summary>
    public IQueryable<Attestation> Attestations => from said in Of<Attestation>() where WorkItems.Any(item => item.Id == said.WorkItemId) select said;

    /// <summary>Deadlines of visible work items.</summary>
    public IQueryable<Deadline> Deadlines => from due in Of<Deadline>() where WorkItems.Any(item => item.Id == due.WorkItemId) select due;

    /// <summary>Deadlines of all work items, for a list that joins <see cref="WorkItems"/>.</summary>
    public IQueryable<Deadline> DeadlinesToJoin => Of<Deadline>();

    /// <summary>How visible work items differ from what they adopt.</summary>
    public IQueryable<Deviation> Deviations => from one in Of<Deviation>() where WorkItems.Any(item => item.Id == one.WorkItemId) select one;

    /// <summary>Lineage between visible work items; the older one must be visible too.</summary>
    public IQueryable<Lineage> Lineages =>
        from link in Of<Lineage>()
        where WorkItems.Any(item => item.Id == link.WorkItemId) && (link.FromWorkItemId == null || WorkItems.Any(item => item.Id == link.FromWorkItemId))
        select link;

    /// <summary>Committees are public.</summary>
    public IQueryable<Committee> Committees => Of<Committee>();

    /// <summary>The closure of the tree of committees.</summary>
    public IQueryable<Data.Records.CommitteeAncestor> CommitteeAncestors => Of<Data.Records.CommitteeAncestor>();

    /// <summary>Organisations are public.</summary>
    public IQueryable<Organization> Organizations => Of<Organization>();

    /// <summary>Who sits where is public.</summary>
    public IQueryable<Membership> Memberships => Of<Membership>();

    /// <summary>What a person can be in a committee.</summary>
    public IQueryable<Position> Positions => Of<Position>();

    /// <summary>
    /// Myself; whoever sits in a committee, as that is public; and everybody for those who manage members. Addresses are for the pages to
    /// hold back, see <see cref="MaySeeAddresses"/>.
    /// </summary>
    public IQueryable<Person> People
    {
        get
        {
            if (me.MaySomewhere(Permission.ManageMembers)) return Of<Person>();
            var myself = me.Person;
            return Of<Person>().Where(person => person.Id == myself || db.Set<Membership>().Any(held => held.PersonId == person.Id && held.CommitteeId != null));
        }
    }

    /// <summary>True for those who may read mail addresses of members.</summary>
    public bool MaySeeAddresses => me.MaySomewhere(Permission.ManageMembers);

    /// <summary>Items of other bodies are public.</summary>
    public IQueryable<ForeignProject> ForeignProjects => Of<ForeignProject>();

    /// <summary>What was imported when is public.</summary>
    public IQueryable<ImportedFile> ImportedFiles => Of<ImportedFile>();

    /// <summary>Process definitions are public.</summary>
    public IQueryable<ProcessRecord> Processes => Of<ProcessRecord>();

    /// <summary>Comment periods are public.</summary>
    public IQueryable<Consultation> Consultations => Of<Consultation>();

    /// <summary>What was sent in, for those who work on it and for who sent it.</summary>
    public IQueryable<Submission> Submissions
    {
        get
        {
            if (me.MayEverywhere(Permission.View)) return Of<Submission>();
            var (mine, myself) = (me.CommitteesWhereMay(Permission.View), me.Person);
            return Of<Submission>().Where(sent => (sent.PersonId != null && sent.PersonId == myself)
                || db.Set<Consultation>().Any(period => period.Id == sent.ConsultationId
                    && db.Set<WorkItem>().Any(item => item.Id == period.WorkItemId && item.CommitteeId != null && mine.Contains(item.CommitteeId.Value))));
        }
    }

    /// <summary>Comments of visible submissions.</summary>
    public IQueryable<Comment> Comments => from comment in Of<Comment>() where Submissions.Any(sent => sent.Id == comment.SubmissionId) select comment;

    /// <summary>Of every comment the period that it came in: how many a period has is public, what they say is not.</summary>
    public IQueryable<Guid> CommentedConsultations => Of<Comment>().Select(comment => comment.ConsultationId);

    /// <summary>The submission with this receipt: who holds the number may see it.</summary>
    public IQueryable<Submission> SubmissionOf(string receipt) => Of<Submission>().Where(sent => sent.Receipt == receipt);

    /// <summary>The comments of the submission with this receipt.</summary>
    public IQueryable<Comment> CommentsOf(string receipt) => from comment in Of<Comment>() where SubmissionOf(receipt).Any(sent => sent.Id == comment.SubmissionId) select comment;

    /// <summary>My own saved filters, and those of the committees in which I have the right to view.</summary>
    public IQueryable<SavedFilter> SavedFilters
    {
        get
        {
            var (everywhere, mine, myself) = (me.MayEverywhere(Permission.View), me.CommitteesWhereMay(Permission.View), me.Person);
            return Of<SavedFilter>().Where(filter => filter.RemovedAtUtc == null
                && ((filter.PersonId != null && filter.PersonId == myself) || (filter.CommitteeId != null && (everywhere || mine.Contains(filter.CommitteeId.Value)))));
        }
    }

    /// <summary>What I follow. The work item itself is to be found in <see cref="WorkItems"/>: I may no longer see it.</summary>
    public IQueryable<Data.Records.Follower> Followed
    {
        get
        {
            var myself = me.Person;
            return Of<Data.Records.Follower>().Where(followed => followed.PersonId == myself && followed.SubjectType == nameof(WorkItem));
        }
    }

    /// <summary>Requests for steps, of the committees in which I have the right to view; and my own, as long as I see the item.</summary>
    public IQueryable<StepRequest> StepRequests
    {
        get
        {
            if (me.MayEverywhere(Permission.View)) return Of<StepRequest>();
            var (mine, myself) = (me.CommitteesWhereMay(Permission.View), me.Person);
            return Of<StepRequest>().Where(request => Of<WorkItem>().Any(item => item.Id == request.WorkItemId
                && ((item.CommitteeId != null && mine.Contains(item.CommitteeId.Value)) || (item.IsPublic && request.AskedById == myself))));
        }
    }

    /// <summary>My own access tokens.</summary>
    public IQueryable<AccessToken> AccessTokens => Of<AccessToken>().Where(token => token.PersonId == me.Person);

    /// <summary>Calendars of working days.</summary>
    public IQueryable<CalendarYear> Calendars => Of<CalendarYear>();

    /// <summary>The history of one subject, for a page that has found the subject in another of these sets.</summary>
    public IQueryable<EventRecord> HistoryOf(string subjectType, Guid subject) =>
        Of<EventRecord>().Where(written => written.SubjectType == subjectType && written.SubjectId == subject);

    /// <summary>The history of several subjects of a type.</summary>
    public IQueryable<EventRecord> HistoryOf(string subjectType, IReadOnlyCollection<Guid> subjects) =>
        Of<EventRecord>().Where(written => written.SubjectType == subjectType && subjects.Contains(written.SubjectId));

    /// <summary>The history of everything, for a list that joins <see cref="WorkItems"/>.</summary>
    public IQueryable<EventRecord> EventsToJoin => Of<EventRecord>();

    /// <summary>The history of everything, for administrators.</summary>
    public IQueryable<EventRecord> Events => For<EventRecord>(Permission.Administer);

    /// <summary>Outgoing mail, for administrators.</summary>
    public IQueryable<Data.Outbox.OutboxMessage> Outbox => For<Data.Outbox.OutboxMessage>(Permission.Administer);

    /// <summary>Rules of reminding, for administrators.</summary>
    public IQueryable<ReminderRule> ReminderRules => For<ReminderRule>(Permission.Administer);

    private IQueryable<T> Of<T>() where T : class => db.Set<T>().AsNoTracking();

    private IQueryable<T> For<T>(Permission permission) where T : class => me.MayEverywhere(permission) ? Of<T>() : Of<T>().Where(_ => false);
}
