using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <content>What runs beside the text: which tracks there are, what they are called in addresses, and how one begins.</content>
public sealed partial class WorkItem
{
    /// <summary>What the main text is called in addresses.</summary>
    public const string TextName = "text";

    /// <summary>The tracks beside the text, in the order of their kinds, older ones first.</summary>
    public IReadOnlyList<Track> SideTracks => [.. tracks.Where(track => track.Kind != TrackKind.MainText).GroupBy(track => track.Kind).OrderBy(kind => kind.Key).SelectMany(InOrder)];

    /// <summary>
    /// The short name of a track in addresses, which never changes: that of its kind, and for the second and later of a kind its number
    /// as well (<c>translation-2</c>).
    /// </summary>
    public string NameOf(Track track)
    {
        var number = InOrder(tracks.Where(known => known.Kind == track.Kind)).TakeWhile(known => known.Id != track.Id).Count() + 1;
        return number == 1 ? NameOf(track.Kind) : FormattableString.Invariant($"{NameOf(track.Kind)}-{number}");
    }

    /// <summary>The track of that name; the main text when none is named. Refuses a name that no track has (not found).</summary>
    public Result<Track> FindTrack(string? name) =>
        string.IsNullOrEmpty(name) ? Main
        : tracks.FirstOrDefault(track => NameOf(track) == name) is { } found ? found
        : Problem.NotFound("track");

    /// <summary>
    /// Why no track of that kind can begin now, or null when one can: it is the text itself (<c>track.text</c>), the text has been given
    /// up or concluded (<c>track.itemEnded</c>), the text itself is of that kind (<c>track.textIsThat</c>), one of the kind runs already
    /// (<c>track.runs</c>), or an international twin is there that was not given up (<c>track.oneTwin</c>).
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="text">The definition that the main text pins.</param>
    public Problem? StartRefusal(TrackKind kind, ProcessDefinition text)
    {
        if (kind == TrackKind.MainText) return Problem.On("Kind", "track.text");

        // A published standard is kept in its stage of maintenance, and is translated there more often than before.
        if (Main.End is not null && (Main.End == TrackEnd.Abandoned || Main.IsCarriedOn || Main.Phase != Phase.Maintenance)) return Problem.Of("track.itemEnded");
        if (text.Drives.Contains(kind)) return Problem.On("Kind", "track.textIsThat", text.Name);
        var same = tracks.Where(track => track.Kind == kind).ToList();
        if (same.Exists(track => track.End is null)) return Problem.On("Kind", "track.runs", kind);
        return kind == TrackKind.InternationalTwin && same.Exists(track => track.End != TrackEnd.Abandoned) ? Problem.On("Kind", "track.oneTwin") : null;
    }

    /// <summary>
    /// Begins a track beside the text, in the first stage of its process. Refuses as <see cref="StartRefusal"/> does, a process that does not
    /// drive such a track (<c>track.unsuited</c>), a day in the future (<c>workItem.stepInFuture</c>), and one before the last of the kind
    /// ended (<c>track.beforeLast</c>).
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="text">The definition that the main text pins.</param>
    /// <param name="definition">The definition that the new track is to follow.</param>
    /// <param name="on">Its first day, in the zone of the committee.</param>
    /// <param name="calendar">Working days, for the deadlines that start.</param>
    /// <param name="nowUtc">Now.</param>
    public Result<Track> StartTrack(TrackKind kind, ProcessDefinition text, ProcessDefinition definition, DateOnly on, WorkingCalendar calendar, DateTime nowUtc)
    {
        if (StartRefusal(kind, text) is { } refusal) return refusal;
        if (!definition.Drives.Contains(kind)) return Problem.On("Process", "track.unsuited", definition.Name);
        if (on > Instants.DateIn(nowUtc)) return Problem.On("On", "workItem.stepInFuture", on);
        if (tracks.Where(track => track.Kind == kind).Max(track => track.Since) is { } last && on < last) return Problem.On("On", "track.beforeLast", on, last);
        return Start(kind, definition, definition.First, on, calendar, nowUtc);
    }

    /// <summary>One of a kind begins only when the one before has ended, and not on an earlier day. Keys of one millisecond are unordered.</summary>
    private static IEnumerable<Track> InOrder(IEnumerable<Track> ofOneKind) =>
        ofOneKind.OrderBy(track => track.Spans.Min(span => span.Entered)).ThenBy(track => track.End is null).ThenBy(track => track.Id);

    private static string NameOf(TrackKind kind) => kind switch
    {
        TrackKind.MainText => TextName,
        TrackKind.ForeignLanguageVersion => "translation",
        TrackKind.PatentStatements => "patents",
        TrackKind.InternationalTwin => "twin",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of track."),
    };
}
