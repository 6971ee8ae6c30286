using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Providers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Cockpit;

/// <summary>A running item: where it stands, who must act and since when, and what it lacks.</summary>
public sealed record CockpitLine(
    string Code, LocalizedText Title, bool IsDemo, string? Leader, string Process, int Version, string StageKey, DateOnly? Since, LocalizedText WaitingFor, bool IsBlocked, string? BlockedBy, DateTime? NextDeadline)
{
    /// <summary>How long others of its process took in its stage; null of too few.</summary>
    public UsualStay? Usual { get; init; }

    internal Guid TrackId { get; init; }
}

/// <summary>Some lines of a kind, and how many there are, counted to <see cref="Paging.OverviewTo"/> and one more.</summary>
public sealed record CockpitPart(IReadOnlyList<CockpitLine> Lines, int Count)
{
    public static CockpitPart None { get; } = new([], 0);
}

/// <summary>How many running items somebody leads, and how many of them are late; counted like the parts.</summary>
public sealed record CockpitLoad(Guid Person, string Name, int Running, int Late);

/// <summary>What leaders and secretariats steer by. Every figure is of running items that the reader leads or may move.</summary>
public sealed record CockpitView(CockpitPart Late, CockpitPart Near, CockpitPart Waiting, CockpitPart Blocked, IReadOnlyList<CockpitLoad> Loads, IReadOnlyList<WarnedItem> Contradictions)
{
    /// <summary>Requests for steps that the reader may decide; counted like the parts.</summary>
    public int Requests { get; init; }

    internal IReadOnlyDictionary<Guid, DeadlineView> Deadlines { get; init; } = new Dictionary<Guid, DeadlineView>();
    internal IReadOnlyDictionary<(string Process, int Version), ProcessDefinition> Definitions { get; init; } = new Dictionary<(string, int), ProcessDefinition>();
}

/// <summary>Reads the cockpit: always the same few statements, none of which reads further than it shows or counts.</summary>
public sealed class CockpitReader(Visible visible, CurrentUser me, ProcessCatalog processes, TrackWarnings warnings, TimeProvider clock)
{
    private const int Shown = 15;
    private const int PeopleShown = 200;

    // What a gate of the program's own asks for can be supplied here and now; an attestation or the end of a period comes from elsewhere.
    private static readonly string[] ByEditing = ["leader-named", "drafting-organizations-named", "plan-number-valid", "standard-number-valid", "title-in-both-languages"];
    private static readonly string[] ByDisposing = ["comments-disposed"];

    public async Task<CockpitView> ReadAsync(CancellationToken stop)
    {
        var now = clock.UtcNow();
        var ours = Duties.WhereOrLed(Permission.Advance, visible, me);
        var soon = now.AddDays(WorkItemFilter.NearDays);
        var late = await PartAsync(ours, track => track.DeadlineKey < now, stop);
        var near = await PartAsync(ours, track => track.DeadlineKey >= now && track.DeadlineKey < soon, stop);
        var waiting = await PartAsync(ours, WaitingForMe(), stop);
        var blocked = await PartAsync(ours, track => track.IsBlocked, stop);
        var lines = new[] { late, near, waiting, blocked }.SelectMany(part => part.Lines).ToList();
        var definitions = new Dictionary<(string, int), ProcessDefinition>();
        foreach (var (process, version) in lines.Select(line => (line.Process, line.Version)).Distinct())
            definitions[(process, version)] = await processes.OfAsync(visible.Processes, process, version, stop);
        var usual = await UsualStays.ReadAsync(visible, [.. lines.Select(line => (line.Process, line.StageKey)).Distinct().Order()], stop);
        return new CockpitView(With(late), With(near), With(waiting), With(blocked), await LoadsAsync(now, stop), await warnings.AmongAsync(ours, 2 * Paging.OverviewTo, stop))
        {
            Requests = await RequestLines.CountWaitingAsync(visible, me, Paging.OverviewTo, stop),
            Definitions = definitions,
            Deadlines = await WorkItemLines.DeadlinesAsync([.. lines.Select(line => line.TrackId).Distinct()], visible, now, stop),
        };

        CockpitPart With(CockpitPart part) => part with { Lines = [.. part.Lines.Select(line => line with { Usual = usual.GetValueOrDefault((line.Process, line.StageKey)) })] };
    }

    /// <summary>Nothing keeps the next step from me who may take it, or what is missing is mine to supply.</summary>
    private Expression<Func<Track, bool>> WaitingForMe()
    {
        var (steps, edits, disposes) = (Where(Permission.Advance), Where(Permission.Edit), Where(Permission.Dispose));
        // Of no committee is written so because no index may lead away from the deadlines here.
        return track =>
            (!track.IsBlocked && (steps.Everywhere || steps.Committees.Contains(track.CommitteeId ?? Guid.Empty)))
            || (track.IsBlocked && ByEditing.Contains(track.BlockedBy) && (edits.Everywhere || edits.Committees.Contains(track.CommitteeId ?? Guid.Empty)))
            || (track.IsBlocked && ByDisposing.Contains(track.BlockedBy) && (disposes.Everywhere || disposes.Committees.Contains(track.CommitteeId ?? Guid.Empty)));

        (bool Everywhere, IReadOnlyCollection<Guid> Committees) Where(Permission permission) => (me.MayEverywhere(permission), me.CommitteesWhereMay(permission));
    }

    private async Task<CockpitPart> PartAsync(Duties duties, Expression<Func<Track, bool>> such, CancellationToken stop)
    {
        var (lines, count) = await duties.ReadAsync(such, rows => rows.Select(row => new CockpitLine(
            row.Item.Code, new LocalizedText(row.Item.Title.Zh, row.Item.Title.En), row.Item.IsDemo, visible.People.Where(person => person.Id == row.Item.LeaderId).Select(person => person.FullName).FirstOrDefault(),
            row.Track.ProcessKey, row.Track.ProcessVersion, row.Track.StageKey, row.Track.Since, new LocalizedText(row.Track.WaitingFor.Zh, row.Track.WaitingFor.En), row.Track.IsBlocked, row.Track.BlockedBy,
            row.Track.NextDeadlineUtc)
        { TrackId = row.Track.Id }), Shown, stop);
        return new CockpitPart(lines, count);
    }

    /// <summary>Only where the reader may move items: who leads what elsewhere is not theirs to weigh.</summary>
    private async Task<IReadOnlyList<CockpitLoad>> LoadsAsync(DateTime now, CancellationToken stop)
    {
        if (!me.MaySomewhere(Permission.Advance)) return [];
        var led = visible.TracksWhereIMay(Permission.Advance).Where(track => track.Kind == TrackKind.MainText && track.End == null);
        var loads = await visible.People.Where(person => led.Any(track => track.LeaderId == person.Id)).OrderBy(person => person.Id)
            .Select(person => new CockpitLoad(
                person.Id, person.FullName,
                led.Where(track => track.LeaderId == person.Id).Take(Paging.OverviewTo + 1).Count(),
                led.Where(track => track.LeaderId == person.Id && track.DeadlineKey < now).Take(Paging.OverviewTo + 1).Count()))
            .Take(PeopleShown).ToListAsync(stop);
        return [.. loads.OrderByDescending(load => load.Late).ThenByDescending(load => load.Running).ThenBy(load => load.Name, StringComparer.Ordinal)];
    }
}
