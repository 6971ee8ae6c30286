using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.History;

/// <summary>A value as it stood.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Plain">For programs, in no language; null when there was none.</param>
/// <param name="Shown">For readers, in theirs.</param>
internal sealed record PastValue(PastColumn Column, JsonNode? Plain, IHtmlContent? Shown);

/// <summary>A row as it stood, with the columns that are shown.</summary>
internal sealed record PastLine(PastRows Rows, Guid Id, IReadOnlyList<PastValue> Values);

/// <summary>A subject as it stood.</summary>
/// <param name="AtUtc">The instant that was asked for (UTC).</param>
/// <param name="Events">How many events had been recorded by then.</param>
/// <param name="Lines">Its rows, in the order of the description.</param>
internal sealed record PastSide(DateTime AtUtc, int Events, IReadOnlyList<PastLine> Lines);

/// <summary>What differs: a value, or a line of a list.</summary>
/// <param name="Rows">Which kind of row.</param>
/// <param name="Id">Its key.</param>
/// <param name="Before">The line at the first instant, or null.</param>
/// <param name="After">The line at the second instant, or null.</param>
/// <param name="Columns">The columns that differ.</param>
internal sealed record PastDifference(PastRows Rows, Guid Id, PastLine? Before, PastLine? After, IReadOnlyList<PastColumn> Columns);

/// <summary>The answer to "as it was".</summary>
/// <param name="At">As of the first instant.</param>
/// <param name="And">As of the second, when two are compared.</param>
/// <param name="Differences">What differs between the two.</param>
/// <param name="EarlierUtc">When the save before the first instant's newest was recorded (UTC), or null.</param>
/// <param name="LaterUtc">When the first save after it was recorded (UTC), or null.</param>
/// <param name="NewestUtc">When the newest save was recorded (UTC).</param>
internal sealed record Past(PastSide At, PastSide? And, IReadOnlyList<PastDifference> Differences, DateTime? EarlierUtc, DateTime? LaterUtc, DateTime NewestUtc);

/// <summary>
/// Tells what a subject was as of an instant: the changes that had been recorded by then, one after the other. It reads the history once,
/// and of every kind of thing that is mentioned the names once, whatever it is asked for. Names are those of today.
/// </summary>
public sealed class PastReader
{
    private readonly Visible visible;
    private readonly ProcessCatalog processes;
    private readonly AllTexts texts;
    private readonly IStringLocalizer<HistoryTexts> words;
    private readonly HtmlEncoder encoder;
    private readonly TimeProvider clock;

    internal PastReader(Visible visible, ProcessCatalog processes, AllTexts texts, IStringLocalizer<HistoryTexts> words, HtmlEncoder encoder, TimeProvider clock) =>
        (this.visible, this.processes, this.texts, this.words, this.encoder, this.clock) = (visible, processes, texts, words, encoder, clock);

    private sealed record Save(DateTime RecordedAt, int Events, string Changes);

    private sealed record State(DateTime AtUtc, int Events, IReadOnlyList<PastRow> Rows);

    /// <summary>
    /// Reads a subject that the page has found among what the asker may see. Refuses a moment that cannot be read (<c>asOf.unreadable</c>),
    /// has not come (<c>asOf.future</c>), lies before the first record (<c>asOf.before</c>), or at which the subject was not public and the
    /// asker has no other right to see it (<c>asOf.hidden</c>).
    /// </summary>
    /// <param name="subject">What is shown of it.</param>
    /// <param name="id">Its key.</param>
    /// <param name="at">The first moment as it was asked for; now when nothing was.</param>
    /// <param name="and">The second, or null.</param>
    /// <param name="maySeeHidden">Whether the asker may also see what is not public.</param>
    /// <param name="featureWords">The texts of the subject's own pages.</param>
    /// <param name="stop">Ends with the request.</param>
    internal async Task<Result<Past>> ReadAsync(
        PastSubject subject, Guid id, string? at, string? and, bool maySeeHidden, IStringLocalizer featureWords, CancellationToken stop)
    {
        var now = UtcNow();
        var (first, second) = (AskedMoment.Read("at", at, now), string.IsNullOrWhiteSpace(and) ? null : AskedMoment.Read("and", and, now));
        Problem[] problems = [.. first.Problems, .. second?.Problems ?? []];
        if (problems.Length > 0) return Result<Past>.Fail(problems);

        var events = await visible.HistoryOf(subject.Type, id).OrderBy(written => written.Sequence)
            .Select(written => new Save(written.RecordedAt, written.Sequence, written.Changes)).ToListAsync(stop);
        var (from, to) = (StateAt(first.Value), second is null ? null : StateAt(second.Value));
        problems = [.. Refusals("at", from), .. to is null ? [] : Refusals("and", to)];
        if (problems.Length > 0) return Result<Past>.Fail(problems);

        var names = await NamesAsync(subject, to is null ? [from] : [from, to], stop);
        var telling = new Telling(subject, names, featureWords, words, texts, encoder);
        var (before, after) = (telling.Tell(from.AtUtc, from.Events, from.Rows), to is null ? null : telling.Tell(to.AtUtc, to.Events, to.Rows));
        var saves = events.ConvertAll(one => one.RecordedAt).Distinct().ToList();
        var newest = saves.FindLastIndex(save => save <= from.AtUtc);
        return new Past(
            before, after, after is null ? [] : Differences(subject, before, after), newest > 0 ? saves[newest - 1] : null, newest + 1 < saves.Count ? saves[newest + 1] : null, saves[^1]);

        // A clock that was put back must not cut a chain in two: everything up to the newest event of that time had happened.
        State StateAt(DateTime instant)
        {
            var count = events.FindLastIndex(one => one.RecordedAt <= instant) + 1;
            return new State(instant, count, PastState.After(events.Take(count).Select(one => one.Changes)));
        }

        IEnumerable<Problem> Refusals(string field, State state)
        {
            if (state.Events == 0) yield return Problem.On(field, "asOf.before", events.Count == 0 ? now : events[0].RecordedAt);
            else if (!maySeeHidden && subject.Shown is { } shown && !state.Rows.Any(row => row.Id == id && row.Columns.TryGetValue(shown, out var value) && value.ValueKind == JsonValueKind.True))
                yield return Problem.On(field, "asOf.hidden");
        }
    }

    private DateTime UtcNow() => clock.GetUtcNow().UtcDateTime;

    private static List<PastDifference> Differences(PastSubject subject, PastSide before, PastSide after)
    {
        var later = after.Lines.ToDictionary(line => (line.Rows, line.Id));
        var earlier = before.Lines.Select(line => (line.Rows, line.Id)).ToHashSet();
        var (gone, came) = (before.Lines.Where(line => !later.ContainsKey((line.Rows, line.Id))).ToList(), after.Lines.Where(line => !earlier.Contains((line.Rows, line.Id))).ToList());
        var rewritten = subject.Rows.SelectMany(rows => Rewritten(rows, gone, came)).ToHashSet();
        var found = before.Lines.Where(line => !rewritten.Contains(line)).Select(line => Difference(line, later.GetValueOrDefault((line.Rows, line.Id)))).ToList();
        found.AddRange(came.Where(line => !rewritten.Contains(line)).Select(line => Difference(null, line)));
        return [.. found.Where(difference => difference.Columns.Count > 0).OrderBy(difference => subject.Rows.Index().First(rows => rows.Item == difference.Rows).Index)];
    }

    /// <summary>Lines of a list that was written anew and that say what they said, in the same order: no reader would call that a difference.</summary>
    private static IEnumerable<PastLine> Rewritten(PastRows rows, List<PastLine> gone, List<PastLine> came)
    {
        var (before, after) = (gone.Where(line => line.Rows == rows).ToList(), came.Where(line => line.Rows == rows).ToList());
        var both = before.Select(Said).Intersect(after.Select(Said)).ToHashSet(StringComparer.Ordinal);
        List<PastLine> kept = [.. before.Where(line => both.Contains(Said(line)))], again = [.. after.Where(line => both.Contains(Said(line)))];
        return kept.Select(Said).SequenceEqual(again.Select(Said)) ? kept.Concat(again) : [];

        static string Said(PastLine line) => string.Join('\n', line.Values.Select(value => value.Plain?.ToJsonString()));
    }

    private static PastDifference Difference(PastLine? before, PastLine? after)
    {
        var line = (before ?? after)!;
        return new PastDifference(line.Rows, line.Id, before, after,
            [.. line.Rows.Columns.Where((_, at) => !JsonNode.DeepEquals(before?.Values[at].Plain, after?.Values[at].Plain))]);
    }

    private async Task<Names> NamesAsync(PastSubject subject, IReadOnlyList<State> states, CancellationToken stop)
    {
        var mentioned = (
            from rows in subject.Rows
            from column in rows.Columns
            where column.Kind is PastKind.Committee or PastKind.Organization or PastKind.Person or PastKind.WorkItem or PastKind.ForeignProject
            from state in states
            from row in state.Rows
            where row.Row == rows.Row && row.Columns.TryGetValue(column.Name, out var value) && value.ValueKind == JsonValueKind.String
            select (column.Kind, Id: row.Columns[column.Name].GetGuid())).ToLookup(one => one.Kind, one => one.Id);
        var names = new Dictionary<Guid, Name>();
        if (Of(PastKind.Committee) is { Count: > 0 } committees)
            Keep(await visible.Committees.Where(known => committees.Contains(known.Id)).Select(known => new { known.Id, known.Code, known.Designation }).ToListAsync(stop), known => (known.Id, new Name(known.Code, Both(known.Designation))));
        if (Of(PastKind.Person) is { Count: > 0 } people)
            Keep(await visible.People.Where(known => people.Contains(known.Id)).Select(known => new { known.Id, known.FullName }).ToListAsync(stop), known => (known.Id, new Name(known.FullName, Both(known.FullName))));
        if (Of(PastKind.WorkItem) is { Count: > 0 } items)
            Keep(await visible.WorkItems.Where(known => items.Contains(known.Id)).Select(known => new { known.Id, known.Code }).ToListAsync(stop), known => (known.Id, new Name(known.Code, Both(known.Code))));
        if (Of(PastKind.ForeignProject) is { Count: > 0 } projects)
            Keep(await visible.ForeignProjects.Where(known => projects.Contains(known.Id)).Select(known => new { known.Id, known.Number, known.Reference }).ToListAsync(stop), known => (known.Id, new Name(known.Number, Both(known.Reference))));
        if (Of(PastKind.Organization) is { Count: > 0 } organizations)
            Keep(await visible.Organizations.Where(known => organizations.Contains(known.Id)).Select(known => new { known.Id, known.Name }).ToListAsync(stop), known => (known.Id, new Name(Telling.PlainOf(known.Name), known.Name)));

        var definitions = new Dictionary<(string, int), ProcessDefinition>();
        foreach (var pinned in states.SelectMany(state => state.Rows).Select(Telling.PinnedBy).OfType<(string Key, int Version)>().Distinct())
            definitions[pinned] = await processes.OfAsync(visible.Processes, pinned.Key, pinned.Version, stop);
        return new Names(names, definitions);

        List<Guid> Of(PastKind kind) => [.. mentioned[kind].Distinct()];

        void Keep<T>(List<T> found, Func<T, (Guid Id, Name Name)> named)
        {
            foreach (var (key, name) in found.Select(named)) names[key] = name;
        }

        static LocalizedText Both(string text) => new(text, text);
    }

    /// <param name="Plain">For programs.</param>
    /// <param name="Words">For readers.</param>
    private sealed record Name(JsonNode Plain, LocalizedText Words);

    private sealed record Names(IReadOnlyDictionary<Guid, Name> ById, IReadOnlyDictionary<(string, int), ProcessDefinition> Definitions);

    /// <summary>Turns columns into values, by the description alone.</summary>
    private sealed class Telling(PastSubject subject, Names names, IStringLocalizer featureWords, IStringLocalizer words, AllTexts texts, HtmlEncoder encoder)
    {
        public static (string Key, int Version)? PinnedBy(PastRow row) =>
            row.Columns.TryGetValue("ProcessKey", out var key) && key.GetString() is { } process && row.Columns.TryGetValue("ProcessVersion", out var version) ? (process, version.GetInt32()) : null;

        public PastSide Tell(DateTime atUtc, int events, IReadOnlyList<PastRow> rows)
        {
            var definitions = rows.Select(row => (row.Id, Pinned: PinnedBy(row))).Where(one => one.Pinned is not null).ToDictionary(one => one.Id, one => names.Definitions[one.Pinned!.Value]);
            return new PastSide(atUtc, events,
            [
                .. from described in subject.Rows
                   from row in rows.Where(row => row.Row == described.Row).OrderBy(row => described.Order is { } order && row.Columns.TryGetValue(order, out var value) ? OrderOf(value) : "", StringComparer.Ordinal)
                   let definition = definitions.GetValueOrDefault(row.Columns.TryGetValue("TrackId", out var track) && track.ValueKind == JsonValueKind.String ? track.GetGuid() : row.Id)
                   select new PastLine(described, row.Id, [.. described.Columns.Select(column => ValueOf(row, column, definition))]),
            ]);
        }

        private static string OrderOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetInt32().ToString("D10", CultureInfo.InvariantCulture) : value.ToString();

        private PastValue ValueOf(PastRow row, PastColumn column, ProcessDefinition? definition)
        {
            if (column.Kind == PastKind.Words)
            {
                var both = new LocalizedText(TextOf(row, column.Name + "Zh"), TextOf(row, column.Name + "En"));
                return both.IsEmpty ? new PastValue(column, null, null) : new PastValue(column, PlainOf(both), Both(column, both));
            }

            if (!row.Columns.TryGetValue(column.Name, out var value) || value.ValueKind == JsonValueKind.Null) return new PastValue(column, null, null);
            var text = value.ToString();
            return column.Kind switch
            {
                PastKind.Flag => new PastValue(column, value.GetBoolean(), Shown(column, Said(words[$"Flag.{value.GetBoolean()}"]))),
                PastKind.Word => new PastValue(column, JsonNamingPolicy.CamelCase.ConvertName(text), Shown(column, Said(WordOf(row, column, text)))),
                PastKind.Committee or PastKind.Organization or PastKind.Person or PastKind.WorkItem or PastKind.ForeignProject => NameOf(column, value.GetGuid()),
                PastKind.Process => new PastValue(column, new JsonObject { ["key"] = text, ["version"] = definition?.Version },
                    Shown(column, Said($"{definition?.Name.In(Reader.Language) ?? text} · {featureWords["ProcessVersion", definition?.Version ?? 0].Value}"))),
                PastKind.Stage => new PastValue(column, text, Shown(column, Said(definition?.FindStage(text) is { } stage ? StageLabel.Of(definition, stage, Reader.Language) : text))),
                PastKind.Gate => new PastValue(column, text, Shown(column, Said(definition?.FindGate(text)?.Name.In(Reader.Language) ?? text))),
                PastKind.Clock => new PastValue(column, text, Shown(column, Said(definition?.Clocks.FirstOrDefault(known => known.Key == text)?.Name.In(Reader.Language) ?? text))),
                _ => new PastValue(column, JsonNode.Parse(value.GetRawText()), Shown(column, Said(text))),
            };
        }

        private string WordOf(PastRow row, PastColumn column, string text) =>
            (column.Variant is { } other && TextOf(row, other) is not null ? texts.Find($"{column.Of}.{text}.item") : null) ?? texts.Find($"{column.Of}.{text}") ?? text;

        // Whom the asker may not see has no name here, on the page or for programs.
        private PastValue NameOf(PastColumn column, Guid id)
        {
            if (!names.ById.TryGetValue(id, out var name)) return new PastValue(column, null, Shown(column, Said(column.Kind == PastKind.WorkItem ? featureWords["HiddenItem"].Value : "—")));
            return new PastValue(column, name.Plain, Shown(column, name.Words.Beside(Reader.Language) == name.Words.In(Reader.Language) ? Said(name.Words.In(Reader.Language)) : new Markup(encoder).Text(name.Words)));
        }

        // The sentence stands around the value: 自 {0}.
        private IHtmlContent Shown(PastColumn column, IHtmlContent value)
        {
            if (column.Of is not { } key || column.Kind == PastKind.Word) return value;
            var parts = Word(key).Split("{0}", 2);
            return parts.Length < 2 ? value : new Markup(encoder).Add($"{parts[0]}{value}{parts[1]}").ToHtml();
        }

        private string Word(string key) => featureWords[key] is { ResourceNotFound: false } found ? found.Value : words[key].Value;

        public static JsonNode PlainOf(LocalizedText text) => new JsonObject { ["zh"] = text.Zh, ["en"] = text.En };

        private static IHtmlContent Said(string text) => Markup.Unbroken(text);

        private HtmlString Both(PastColumn column, LocalizedText text)
        {
            var html = new Markup(encoder);
            html.Add($"{html.Text(text)}");
            if (text.Beside(Reader.Language) is { } other)
            {
                var language = Markup.Tag(Reader.Language == Language.Chinese ? Language.English : Language.Chinese);
                html.Add(column.Label is null ? $" / <span lang=\"{language}\">{other}</span>" : (FormattableString)$" <span class=\"beside\" lang=\"{language}\">{other}</span>");
            }

            return html.ToHtml();
        }

        private static string? TextOf(PastRow row, string column) => row.Columns.TryGetValue(column, out var value) ? value.GetString() : null;
    }
}
