using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>Something that tracks of one work item say against each other. It warns, and stops nobody.</summary>
/// <param name="Problem">What, as a code with arguments.</param>
/// <param name="Track">Name in addresses of the track that speaks against the text or the imported project.</param>
/// <param name="Source">Where the rule comes from.</param>
public sealed record Contradiction(Problem Problem, string Track, Source Source);

/// <summary>An imported project that a work item is joined to, as the newest import shows it.</summary>
/// <param name="Reference">Reference as the body writes it.</param>
/// <param name="Stage">Its stage, <c>60.60</c>; of old rows a lone sub-stage, <c>.98</c>; null when not said.</param>
public sealed record TwinProject(string Reference, string? Stage);

/// <summary>Looks for what the tracks of a work item, and the imported projects that it is joined to, say against each other.</summary>
public static class Contradictions
{
    private const int Approval = 50, Published = 60;

    private static readonly Source ours = new("D", false);

    /// <summary>
    /// The contradictions, in the order of the tracks; none as a rule. Pure. Codes: <c>contradiction.textGivenUp</c> (kind of the track, stage of the text),
    /// <c>contradiction.versionBeforeText</c> (stage of the text), <c>contradiction.patentsOpen</c> (stages of patents and text),
    /// <c>contradiction.textWentBack</c> (kind and stage of the track, stage of the text then and now), <c>contradiction.twinGivenUp</c> (the twin's stage),
    /// <c>contradiction.twinElsewhere</c> (stage recorded here, reference, imported stage) and <c>contradiction.projectGivenUp</c> (reference, imported stage).
    /// </summary>
    /// <param name="item">The work item with tracks and stays.</param>
    /// <param name="definitionOf">The definition that a track pins.</param>
    /// <param name="projects">The imported projects that it is joined to.</param>
    public static IReadOnlyList<Contradiction> Of(WorkItem item, Func<Track, ProcessDefinition> definitionOf, IReadOnlyCollection<TwinProject> projects)
    {
        var text = new At(item.Main, definitionOf(item.Main));
        var found = new List<Contradiction>();
        foreach (var track in item.SideTracks)
        {
            var side = new At(track, definitionOf(track));
            found.AddRange(Against(text, side).Concat(track.Kind == TrackKind.InternationalTwin ? OfTwin(item, text, side, projects) : [])
                .Select(said => new Contradiction(said.Problem, item.NameOf(track), said.Source)));
        }

        // The body's own list says so, whether a twin is recorded here or not (decision of this product).
        if (text.Track.End is null)
            found.AddRange(projects.Where(project => project.Stage is { } stage && GivenUp.Contains(stage)).Select(project =>
                new Contradiction(Problem.Of("contradiction.projectGivenUp", project.Reference, project.Stage), WorkItem.TextName, ours)));
        return found;
    }

    /// <summary>The stages in which a body gave a project up or withdrew the standard: sub-stage 98, also where an old row has it alone, and 95.99.</summary>
    public static IReadOnlyList<string> GivenUp { get; } = [".98", "95.99", .. StageMatrix.All.Where(entry => entry.Code.Substage == 98).Select(entry => entry.Code.ToString())];

    private static IEnumerable<(Problem Problem, Source Source)> Against(At text, At side)
    {
        var runs = side.Track.End is null;

        // Nobody needs a translation, a statement or a twin of a text that will not be (decision of this product).
        if (text.Track.End == TrackEnd.Abandoned)
        {
            if (runs) yield return (Problem.Of("contradiction.textGivenUp", side.Track.Kind, text.Stage.Name), ours);
            yield break;
        }

        // A version is a translation of a national standard, and before the approval there is none; working in parallel is encouraged (measure of 2016, S26).
        if (side.Track is { Kind: TrackKind.ForeignLanguageVersion, End: TrackEnd.Finished } && text.Level < Published)
            yield return (Problem.Of("contradiction.versionBeforeText", text.Stage.Name), new Source("S26 D", false));

        // A patent is in a standard only when that cannot be avoided, and that is known before approval (S15; GB/T 20003.1 was not read).
        if (side.Track.Kind == TrackKind.PatentStatements && runs && text.Level >= Approval)
            yield return (Problem.Of("contradiction.patentsOpen", side.Stage.Name, text.Stage.Name), new Source("S15 B", false));

        // What was translated or searched for patents was another draft (decision of this product). A twin follows no draft of ours.
        if (side.Track.Kind != TrackKind.InternationalTwin && runs && side.Track.Spans.Count > 1 && text.LeftBehind(side.Track.Since) is { } then)
            yield return (Problem.Of("contradiction.textWentBack", side.Track.Kind, side.Stage.Name, then.Name, text.Stage.Name), ours);
    }

    private static IEnumerable<(Problem Problem, Source Source)> OfTwin(WorkItem item, At text, At twin, IReadOnlyCollection<TwinProject> projects)
    {
        // An earlier twin that was given up has been replaced by the one that is there now.
        if (item.SideTracks.Last(track => track.Kind == TrackKind.InternationalTwin) != twin.Track) yield break;

        // The national text goes where nothing is any more (decision of this product).
        if (text.Track.End is null && (twin.Track.End == TrackEnd.Abandoned || GivenUp.Contains(twin.Track.StageKey)))
            yield return (Problem.Of("contradiction.twinGivenUp", twin.Stage.Name), ours);

        // The body's list is newer than what was recorded by hand, or the other way round; the one of several projects that fits is the twin (decision of this product).
        var said = projects.Where(project => project.Stage is not null).ToList();
        if (said.Count > 0 && !said.Exists(project => twin.Track.StageKey == project.Stage || project.Stage![0] == '.' && twin.Track.StageKey.EndsWith(project.Stage, StringComparison.Ordinal)))
            yield return (Problem.Of("contradiction.twinElsewhere", twin.Track.StageKey, said[0].Reference, said[0].Stage), ours);
    }

    /// <summary>Where a track stands.</summary>
    private sealed record At(Track Track, ProcessDefinition Definition)
    {
        public Stage Stage => Definition.StageOf(Track.StageKey);

        /// <summary>The stage of the harmonized matrix, 0 to 95, by which stages of different processes are compared; null where none fits.</summary>
        public int? Level => LevelOf(Stage);

        /// <summary>The furthest stage in which the track stood on that day or later, if it stands behind it now. Of one day both are taken to be later: a warning too many can be looked into. A standard that comes home from its review went nowhere.</summary>
        public Stage? LeftBehind(DateOnly? since) =>
            Level >= Published ? null : Track.Spans.Where(span => span.Left is { } left && !(left < since)).Select(span => Definition.StageOf(span.StageKey)).Where(stage => LevelOf(stage) > Level).MaxBy(LevelOf);

        private static int? LevelOf(Stage stage) => stage.IsoCode?.Stage;
    }
}
