using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Requests;

/// <summary>What the pages of one request have in common: what is asked, of which item, and how the gates stand now.</summary>
public abstract class RequestPage(Visible visible, CurrentUser me, WorkItemLoading loading, TimeProvider clock) : PageModel, IShowsVersion
{
    public RequestLine Line { get; private set; } = null!;
    public WorkItem Item { get; private set; } = null!;
    public Track Track { get; private set; } = null!;
    public ProcessDefinition Definition { get; private set; } = null!;

    /// <summary>The step with its gates; null when it no longer leaves the stage where the track stands.</summary>
    public NextStep? Step { get; private set; }

    /// <summary>Names of those who stated gates.</summary>
    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();

    public DateTime NowUtc { get; private set; }
    public int SeenVersion { get; private set; }
    public string StepName => StepNames.Of(Definition, Line.TransitionKey);
    public bool MayDecide => Line.IsOpen && Decides;
    public bool MayWithdraw => Line.IsOpen && Line.AskedById == me.Person;

    /// <summary>True for who may decide such requests, open or not.</summary>
    protected bool Decides => me.May(Permission.Advance, Line.CommitteeId);

    /// <summary>False when the asker of the page sees no such request.</summary>
    protected async Task<bool> FindAsync(string request, int? seenVersion, CancellationToken stop)
    {
        if (await RequestLines.FindAsync(visible, request, stop) is not { } line) return false;
        var found = await loading.FindAsync(visible.WorkItems, line.WorkItem, line.TrackId, stop);
        if (!found.IsOk) return false;
        (Line, NowUtc, SeenVersion) = (line, clock.UtcNow(), seenVersion ?? line.Version);
        (Item, Definition, var facts) = found.Value;
        Track = found.Value.Track;
        Step = Definition.Next(facts).FirstOrDefault(next => next.Transition.Key == line.TransitionKey);
        People = await StepsView.StatersAsync(visible, Track, stop);
        return true;
    }

    /// <summary>The track with the definitions that it followed, for the sentences about the request.</summary>
    private protected async Task<ToldTrack> ToldAsync(ProcessCatalog processes, CancellationToken stop) =>
        await ToldTrack.ReadAsync(Track.Id, Track.Kind, Definition.Key, Definition.Version, (await ToldTrack.MovesAsync(visible, [Item.Id], stop))[Item.Id], processes, visible, stop);

    /// <summary>A decision was refused: the page shows the request as it is now, and what was typed.</summary>
    protected static int? VersionAfter<T>(Result<T> refused, int seen) => refused.Problem.Code == Problem.ConflictCode ? null : seen;
}
