using System.Globalization;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>A track as the sentences about it need it.</summary>
internal sealed record ToldTrack(TrackKind Kind, ProcessDefinition Definition);

/// <summary>What the sentences about a work item's events mention. The sentences stand in the texts, as <c>event.…</c>.</summary>
internal sealed class WorkItemSentences(
    IReadOnlyDictionary<Guid, ToldTrack> tracks, IReadOnlyDictionary<Guid, string> people, IReadOnlyDictionary<Guid, LocalizedText> organizations, IReadOnlyDictionary<Guid, string> relatives,
    IStringLocalizer<WorkItemTexts> words)
{
    private readonly ToldTrack text = tracks.Values.Single(track => track.Kind == TrackKind.MainText);

    public object?[] Arguments(DomainEvent happened) => happened switch
    {
        WorkItemProposed proposed => [text.Definition.Name.In(Reader.Language), proposed.Title.In(Reader.Language)],
        WorkItemImported imported => [imported.PlanNumber ?? imported.StandardNumber ?? imported.Code],
        TrackStarted started => [Of(started.Track, started.Stage)],
        StageAdvanced advanced => [Of(advanced.Track, advanced.From), StageName(advanced.Track, advanced.To)],
        StageReturned returned => [Of(returned.Track, returned.From), StageName(returned.Track, returned.To)],
        StageRepeated repeated => [Of(repeated.Track, repeated.Stage)],
        WorkItemAbandoned abandoned => [Of(abandoned.Track, abandoned.From)],
        StageJumped jumped => [Of(jumped.Track, jumped.From), StageName(jumped.Track, jumped.To)],
        StepUndone undone => [Of(undone.Track, undone.From), StageName(undone.Track, undone.To)],
        ProcessChanged changed => [ProcessName(changed.Track, changed.FromProcess), changed.FromVersion, ProcessName(changed.Track, changed.ToProcess), changed.ToVersion],
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

    /// <summary>The stage with the track, where that is not the text.</summary>
    private string Of(Guid track, string stage) =>
        TrackOf(track).Kind is var kind && kind == TrackKind.MainText ? StageName(track, stage) : words["OfTrack", words[$"TrackKind.{kind}"].Value, StageName(track, stage)].Value;

    private ToldTrack TrackOf(Guid track) => tracks.GetValueOrDefault(track, text);

    private string StageName(Guid track, string key) =>
        TrackOf(track).Definition is var definition && definition.FindStage(key) is { } stage ? $"{StageLabel.CodeOf(definition, stage)} {stage.Name.In(Reader.Language)}".Trim() : key;

    private string ProcessName(Guid track, string key) => TrackOf(track).Definition is var definition && key == definition.Key ? definition.Name.In(Reader.Language) : key;

    private string GateName(Guid track, string key) => TrackOf(track).Definition.FindGate(key)?.Name.In(Reader.Language) ?? key;
}
