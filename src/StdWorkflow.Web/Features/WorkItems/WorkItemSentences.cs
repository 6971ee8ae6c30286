using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>What the sentences about a work item's events mention. The sentences stand in the texts, as <c>event.…</c>.</summary>
internal sealed class WorkItemSentences(
    ProcessDefinition definition, IReadOnlyDictionary<Guid, string> people, IReadOnlyDictionary<Guid, LocalizedText> organizations, IReadOnlyDictionary<Guid, string> relatives,
    IStringLocalizer<WorkItemTexts> words)
{
    public object?[] Arguments(DomainEvent happened) => happened switch
    {
        WorkItemProposed proposed => [definition.Name.In(Reader.Language), proposed.Title.In(Reader.Language)],
        WorkItemImported imported => [imported.PlanNumber ?? imported.StandardNumber ?? imported.Code],
        TrackStarted started => [StageName(started.Stage)],
        StageAdvanced advanced => [StageName(advanced.From), StageName(advanced.To)],
        StageReturned returned => [StageName(returned.From), StageName(returned.To)],
        StageRepeated repeated => [StageName(repeated.Stage)],
        WorkItemAbandoned abandoned => [StageName(abandoned.From)],
        StageJumped jumped => [StageName(jumped.From), StageName(jumped.To)],
        StepUndone undone => [StageName(undone.From), StageName(undone.To)],
        ProcessChanged changed => [ProcessName(changed.FromProcess), changed.FromVersion, ProcessName(changed.ToProcess), changed.ToVersion],
        StageRecorded recorded => [recorded.From is { } from ? StageName(from) : "—", StageName(recorded.To)],
        GateAttested attested => [GateName(attested.Gate), attested.Paper, attested.PaperDate],
        LeaderAssigned assigned => [assigned.Person is { } person ? people.GetValueOrDefault(person, "—") : "—"],
        DraftingOrganizationsNamed named => [string.Join(Reader.Language == Language.Chinese ? "、" : ", ", named.Organizations.Select(id => organizations.TryGetValue(id, out var name) ? name.In(Reader.Language) : "—"))],
        NumbersGiven numbers => [string.Join(", ", new[] { numbers.PlanNumber, numbers.StandardNumber, numbers.InternationalReference }.Where(number => number is not null).DefaultIfEmpty("—"))],
        LineageJoined joined => [
            words[joined is { Kind: LineageKind.Converts, FromWorkItem: not null } ? "LineageKind.Converts.item" : $"LineageKind.{joined.Kind}"].Value,
            relatives.GetValueOrDefault(joined.FromWorkItem ?? joined.FromForeignProject ?? default) ?? words["HiddenItem"].Value],
        DeadlineMoved moved => [moved.From, moved.To],
        CommentPeriodEnded ended => [ended.LastDay],
        _ => [],
    };

    private string StageName(string key) => definition.FindStage(key) is { } stage ? $"{StageLabel.CodeOf(definition, stage)} {stage.Name.In(Reader.Language)}".Trim() : key;

    private string ProcessName(string key) => key == definition.Key ? definition.Name.In(Reader.Language) : key;

    private string GateName(string key) =>
        definition.Transitions.SelectMany(transition => transition.Gates).FirstOrDefault(gate => gate.Key == key)?.Name.In(Reader.Language) ?? key;
}
