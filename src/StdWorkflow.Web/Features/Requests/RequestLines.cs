using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>A request with its work item; what lists filter and sort by.</summary>
public sealed record RequestRow
{
    public required StepRequest Request { get; init; }
    public required WorkItem Item { get; init; }
}

/// <summary>What pages show of a request.</summary>
public sealed record RequestLine(
    Guid Id, string Code, Guid WorkItemId, string WorkItem, LocalizedText Title, bool IsDemo, Guid? CommitteeId, string? CommitteeCode, string? Committee, Guid TrackId, TrackKind Track, string Process, int ProcessVersion, string TransitionKey,
    Guid AskedById, string? AskedBy, DateTime AskedAtUtc, string Reason, DateOnly WantedBy, string Zone, DateTime WantedByUtc, StepRequestState State, string? ClosedBy, DateTime? ClosedAtUtc, string? Words, int Version)
{
    public bool IsOpen => State == StepRequestState.Open;

    /// <summary>The wish date as every deadline is shown; it is near much later than what a process sets.</summary>
    public DeadlineView Due(DateTime nowUtc) => DueOf(WantedBy, Zone, WantedByUtc, State, nowUtc);

    internal static DeadlineView DueOf(DateOnly wantedBy, string zone, DateTime wantedByUtc, StepRequestState state, DateTime nowUtc) => new(
        wantedBy, zone, wantedByUtc,
        DeadlineStates.Of(
            ClockKind.StageLimit, state switch { StepRequestState.Open => DeadlineStatus.Running, StepRequestState.Granted => DeadlineStatus.Met, _ => DeadlineStatus.Cancelled }, wantedByUtc, nowUtc, StepRequest.Near),
        false);
}

/// <summary>Which requests a list shows; the same for the page, the API and files.</summary>
public sealed record RequestFilter
{
    public static IReadOnlyList<string> Shows { get; } = ["waiting", "mine", "decided", "all"];

    [Description("waiting (open, and the asker of this list may decide), mine (asked by the asker), decided (no longer open) or all; waiting for who may decide, else mine.")]
    public string? Show { get; init; }

    [Description("Code of a work item.")]
    public string? WorkItem { get; init; }

    /// <summary>What it means for this reader; what cannot be meant is as if it were not said.</summary>
    internal string ShownTo(CurrentUser me) => Shows.FirstOrDefault(known => known == Show) ?? (WorkItem is not null ? "all" : me.MaySomewhere(Permission.Advance) ? "waiting" : "mine");

    internal IQueryable<RequestRow> Apply(Visible visible, CurrentUser me)
    {
        var rows = RequestLines.All(visible);
        if (WorkItem is { } code) rows = rows.Where(row => row.Item.Code == code);
        return ShownTo(me) switch
        {
            "waiting" => RequestLines.WaitingFor(rows, me),
            "mine" => rows.Where(row => row.Request.AskedById == me.Person),
            "decided" => rows.Where(row => row.Request.ClosedAtUtc != null),
            _ => rows,
        };
    }

    internal IOrderedQueryable<RequestRow> Sort(IQueryable<RequestRow> rows, CurrentUser me) => ShownTo(me) switch
    {
        "waiting" => rows.OrderBy(row => row.Request.WantedByUtc).ThenBy(row => row.Request.Number),
        "decided" => rows.OrderByDescending(row => row.Request.ClosedAtUtc).ThenByDescending(row => row.Request.Number),
        _ => rows.OrderByDescending(row => row.Request.Number),
    };
}

internal static class RequestLines
{
    public static IQueryable<RequestRow> All(Visible visible) =>
        from request in visible.StepRequests
        join item in visible.WorkItems on request.WorkItemId equals item.Id
        select new RequestRow { Request = request, Item = item };

    /// <summary>Open requests that the reader may decide.</summary>
    public static IQueryable<RequestRow> WaitingFor(IQueryable<RequestRow> rows, CurrentUser me)
    {
        var open = rows.Where(row => row.Request.State == StepRequestState.Open);
        if (me.MayEverywhere(Permission.Advance)) return open;
        var mine = me.CommitteesWhereMay(Permission.Advance);
        return open.Where(row => row.Item.CommitteeId != null && mine.Contains(row.Item.CommitteeId.Value));
    }

    /// <summary>How many open requests the reader may decide, counted to <paramref name="most"/> and one more; none without a statement for who may decide none.</summary>
    public static Task<int> CountWaitingAsync(Visible visible, CurrentUser me, int most, CancellationToken stop) =>
        me.MaySomewhere(Permission.Advance) ? WaitingFor(All(visible), me).Take(most + 1).CountAsync(stop) : Task.FromResult(0);

    public static IQueryable<RequestLine> Select(IQueryable<RequestRow> rows, Visible visible) =>
        from row in rows
        join track in visible.TracksToJoin on row.Request.TrackId equals track.Id
        select new RequestLine(
            row.Request.Id, row.Request.Code, row.Item.Id, row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), row.Request.IsDemo, row.Item.CommitteeId,
            visible.Committees.Where(known => known.Id == row.Item.CommitteeId).Select(known => known.Code).FirstOrDefault(),
            visible.Committees.Where(known => known.Id == row.Item.CommitteeId).Select(known => known.Designation).FirstOrDefault(),
            track.Id, track.Kind, track.ProcessKey, track.ProcessVersion, row.Request.TransitionKey,
            row.Request.AskedById, visible.People.Where(person => person.Id == row.Request.AskedById).Select(person => person.FullName).FirstOrDefault(), row.Request.AskedAtUtc, row.Request.Reason,
            row.Request.WantedBy, row.Request.Zone, row.Request.WantedByUtc, row.Request.State,
            visible.People.Where(person => person.Id == row.Request.ClosedById).Select(person => person.FullName).FirstOrDefault(), row.Request.ClosedAtUtc, row.Request.Words, row.Request.Version);

    public static Task<RequestLine?> FindAsync(Visible visible, string code, CancellationToken stop) =>
        Select(All(visible).Where(row => row.Request.Code == code), visible).SingleOrDefaultAsync(stop);
}

/// <summary>What the steps of the lines are called, by the definitions that their tracks pin.</summary>
public sealed class StepNames
{
    private readonly Dictionary<(string, int), ProcessDefinition> definitions = [];

    private StepNames() { }

    public static async Task<StepNames> ReadAsync(IEnumerable<RequestLine> lines, Visible visible, ProcessCatalog processes, CancellationToken stop)
    {
        var names = new StepNames();
        foreach (var (process, version) in lines.Select(line => (line.Process, line.ProcessVersion)).Distinct())
            names.definitions[(process, version)] = await processes.OfAsync(visible.Processes, process, version, stop);
        return names;
    }

    /// <summary>Name of the step; its key when the definition that the track now follows has none of that key.</summary>
    public string Of(RequestLine line) => Of(definitions[(line.Process, line.ProcessVersion)], line.TransitionKey);

    internal static string Of(ProcessDefinition definition, string transition) => definition.FindTransition(transition)?.Name.In(Reader.Language) ?? transition;
}

/// <summary>The requests about one work item, for its page; none for who may not see them.</summary>
public sealed record ItemRequests(IReadOnlyList<RequestLine> Lines, bool MayAsk)
{
    private const int Shown = 100;

    public static ItemRequests None { get; } = new([], false);

    internal static async Task<ItemRequests> ReadAsync(Visible visible, CurrentUser me, WorkItem item, CancellationToken stop)
    {
        if (!me.IsSignedIn) return None;
        var id = item.Id;
        var lines = await RequestLines.Select(RequestLines.All(visible).Where(row => row.Request.WorkItemId == id).OrderByDescending(row => row.Request.Number).Take(Shown), visible).ToListAsync(stop);
        return new ItemRequests(lines, AskForStepHandler.MayAsk(me, item));
    }

    public RequestLine? OpenFor(Guid track, string transition) => Lines.FirstOrDefault(line => line.IsOpen && line.TrackId == track && line.TransitionKey == transition);
}
