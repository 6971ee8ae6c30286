using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>A track as the sentences about it need it: what happened is told in the words of the definition that it followed then.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Pins">The definitions that it followed, the oldest first, and the event of the work item from which on it did.</param>
internal sealed record ToldTrack(TrackKind Kind, IReadOnlyList<ToldTrack.Pin> Pins)
{
    internal sealed record Pin(int Sequence, DateTime RecordedAt, ProcessDefinition Definition);

    /// <summary>An event that moved a track to another definition.</summary>
    internal sealed record Move(int Sequence, DateTime RecordedAt, ProcessChanged Changed);

    /// <summary>The definition that it followed at that event of the work item, which itself counts.</summary>
    public ProcessDefinition At(int sequence) => Pins.LastOrDefault(pin => pin.Sequence <= sequence, Pins[0]).Definition;

    /// <summary>The definition of that key and version that it followed at some time, or null.</summary>
    public ProcessDefinition? Find(string process, int version) => Pins.Select(pin => pin.Definition).FirstOrDefault(known => (known.Key, known.Version) == (process, version));

    /// <summary>What a step was called at a moment (UTC): a request outlives the move to a definition that has no such step.</summary>
    public string StepName(string transition, DateTime recordedAt) =>
        Pins.Where((pin, at) => at == 0 || pin.RecordedAt <= recordedAt).Reverse().Select(pin => pin.Definition.FindTransition(transition)).FirstOrDefault(step => step is not null)?.Name.In(Reader.Language) ?? transition;

    /// <summary>Reads the definitions of a track from what it follows now and how it came there.</summary>
    public static async Task<ToldTrack> ReadAsync(Guid track, TrackKind kind, string process, int version, IEnumerable<Move> moves, ProcessCatalog processes, Visible visible, CancellationToken stop)
    {
        var pins = new List<Pin>();
        foreach (var move in moves.Where(move => move.Changed.Track == track).OrderBy(move => move.Sequence))
        {
            if (pins.Count == 0) pins.Add(new Pin(0, DateTime.MinValue, await processes.OfAsync(visible.Processes, move.Changed.FromProcess, move.Changed.FromVersion, stop)));
            pins.Add(new Pin(move.Sequence, move.RecordedAt, await processes.OfAsync(visible.Processes, move.Changed.ToProcess, move.Changed.ToVersion, stop)));
        }

        if (pins.Count == 0) pins.Add(new Pin(0, DateTime.MinValue, await processes.OfAsync(visible.Processes, process, version, stop)));
        return new ToldTrack(kind, pins);
    }

    /// <summary>The moves of work items that the page has found among what the asker may see: one statement.</summary>
    public static async Task<ILookup<Guid, Move>> MovesAsync(Visible visible, IReadOnlyCollection<Guid> items, CancellationToken stop) =>
        (await visible.HistoryOf(nameof(WorkItem), items).Where(written => written.Type == nameof(ProcessChanged))
            .Select(written => new { written.SubjectId, written.Sequence, written.Type, written.Facts, written.OccurredAt, written.RecordedAt, written.Reason }).ToListAsync(stop))
            .ToLookup(written => written.SubjectId, written => new Move(
                written.Sequence, written.RecordedAt, (ProcessChanged)EventJson.Deserialize(written.Type, written.Facts, written.OccurredAt, written.Reason)));
}

/// <summary>What the sentences about a work item's events mention. The sentences stand in the texts, as <c>event.…</c>.</summary>
internal sealed class WorkItemSentences(
    IReadOnlyDictionary<Guid, ToldTrack> tracks, IReadOnlyDictionary<Guid, string> people, IReadOnlyDictionary<Guid, LocalizedText> organizations, IReadOnlyDictionary<Guid, string> relatives,
    IStringLocalizer<WorkItemTexts> words)
{
    private readonly ToldTrack text = tracks.Values.Single(track => track.Kind == TrackKind.MainText);

    /// <param name="happened">The event.</param>
    /// <param name="sequence">Its place in the history of the work item.</param>
    public object?[] Arguments(DomainEvent happened, int sequence)
    {
        return happened switch
        {
            WorkItemProposed proposed => [text.At(sequence).Name.In(Reader.Language), proposed.Title.In(Reader.Language)],
            WorkItemImported imported => [imported.PlanNumber ?? imported.StandardNumber ?? imported.Code],
            TrackStarted started => [Of(started.Track, started.Stage)],
            StageAdvanced advanced => [Of(advanced.Track, advanced.From), StageName(advanced.Track, advanced.To)],
            StageReturned returned => [Of(returned.Track, returned.From), StageName(returned.Track, returned.To)],
            StageRepeated repeated => [Of(repeated.Track, repeated.Stage)],
            WorkItemAbandoned abandoned => [Of(abandoned.Track, abandoned.From)],
            StageJumped jumped => [Of(jumped.Track, jumped.From), StageName(jumped.Track, jumped.To)],
            StepUndone undone => [Of(undone.Track, undone.From), StageName(undone.Track, undone.To)],
            ProcessChanged changed => [ProcessName(changed.Track, changed.FromProcess, changed.FromVersion), changed.FromVersion, ProcessName(changed.Track, changed.ToProcess, changed.ToVersion), changed.ToVersion],
            StageRecorded recorded => [recorded.From is { } from ? Of(recorded.Track, from) : "—", StageName(recorded.Track, recorded.To)],
            GateAttested attested => [GateName(attested.Track, attested.Gate), attested.Paper, attested.PaperDate],
            CommitteeGiven given => [given.Designation],
            LeaderAssigned assigned => [assigned.Person is { } person ? people.GetValueOrDefault(person, "—") : "—"],
            DraftingOrganizationsNamed named => [string.Join(Reader.Language == Language.Chinese ? "、" : ", ", named.Organizations.Select(id => organizations.TryGetValue(id, out var name) ? name.In(Reader.Language) : "—"))],
            NumbersGiven numbers => [string.Join(", ", new[] { numbers.PlanNumber, numbers.StandardNumber, numbers.InternationalReference }.Where(number => number is not null).DefaultIfEmpty("—"))],
            LineageJoined joined => [
                words[joined is { Kind: LineageKind.Converts, FromWorkItem: not null } ? "LineageKind.Converts.item" : $"LineageKind.{joined.Kind}"].Value,
                relatives.GetValueOrDefault(joined.FromWorkItem ?? joined.FromForeignProject ?? default) ?? words["HiddenItem"].Value],
            PlanChanged changed => [string.Join(Reader.Language == Language.Chinese ? "；" : "; ", changed.Days.Select(day => $"{StageName(changed.Track, day.Stage)} {day.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—"}"))],
            SuccessorOpened opened => [words[$"Became.{opened.Kind}"].Value, opened.Into.Select(id => relatives.GetValueOrDefault(id) ?? words["HiddenItem"].Value)],
            AdoptionStated { Degree: { } degree } stated => [degree.ToString(), stated.Reference],
            AdoptionStated => ["—", ""],
            DeviationWritten written => [words[written.IsNew ? "DeviationAdded" : "DeviationChanged"].Value, written.Kind, written.Clause],
            DeviationRemoved removed => [removed.Clause],
            DeadlineMoved moved => [moved.From, moved.To],
            CommentPeriodEnded ended => [ended.LastDay],
            _ => [],
        };

        // The stage with the track, where that is not the text.
        string Of(Guid track, string stage) =>
            TrackOf(track).Kind is var kind && kind == TrackKind.MainText ? StageName(track, stage) : words["OfTrack", words[$"TrackKind.{kind}"].Value, StageName(track, stage)].Value;

        string StageName(Guid track, string key) =>
            TrackOf(track).At(sequence) is var definition && definition.FindStage(key) is { } stage ? $"{StageLabel.CodeOf(definition, stage)} {stage.Name.In(Reader.Language)}".Trim() : key;

        string GateName(Guid track, string key) => TrackOf(track).At(sequence).FindGate(key)?.Name.In(Reader.Language) ?? key;
    }

    private ToldTrack TrackOf(Guid track) => tracks.GetValueOrDefault(track, text);

    private string ProcessName(Guid track, string key, int version) => TrackOf(track).Find(key, version)?.Name.In(Reader.Language) ?? key;
}
