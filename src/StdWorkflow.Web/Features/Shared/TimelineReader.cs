using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.History;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Shared;

/// <summary>
/// The history of one subject as sentences in the reader's language, newest first. The sentence stands in the texts of the feature
/// under <c>event.…</c>; the feature only says what it mentions. No sentence is ever stored.
/// </summary>
public sealed class TimelineReader
{
    private const int Shown = 200;

    // Derived columns say nothing that the others do not.
    private static readonly HashSet<string> Derived = ["SortKey", "SearchText", "NormalizedEmail", "DeadlineKey"];

    private readonly Visible visible;
    private readonly AllTexts texts;
    private readonly HtmlEncoder encoder;

    internal TimelineReader(Visible visible, AllTexts texts, HtmlEncoder encoder) => (this.visible, this.texts, this.encoder) = (visible, texts, encoder);

    /// <summary>Reads the newest events of a subject that the page has found among what the asker may see, and tells them.</summary>
    /// <param name="subjectType">Name of its type.</param>
    /// <param name="subject">Its key.</param>
    /// <param name="mentions">What the sentence of an event mentions.</param>
    /// <param name="stop">Ends with the request.</param>
    /// <param name="asOf">Address of the page that shows the subject as it was, or null.</param>
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(
        string subjectType, Guid subject, Func<DomainEvent, object?[]> mentions, CancellationToken stop, string? asOf = null) =>
        Tell(await EventsAsync(subjectType, subject, stop), row => mentions(row.Happened), asOf);

    /// <summary>The newest events of a subject, the newest first, for a page that has to find out whom and what they mention.</summary>
    internal Task<IReadOnlyList<Written>> EventsAsync(string subjectType, Guid subject, CancellationToken stop) => EventsAsync(visible.HistoryOf(subjectType, subject), stop);

    private async Task<IReadOnlyList<Written>> EventsAsync(IQueryable<EventRecord> events, CancellationToken stop)
    {
        var rows = await (
            from happened in events
            from person in visible.People.Where(person => person.Id == happened.ActorPerson).DefaultIfEmpty()
            orderby happened.Sequence descending
            select new { Event = happened, Name = person == null ? null : person.FullName }).Take(Shown).ToListAsync(stop);
        return rows.ConvertAll(row => new Written(row.Event, EventJson.Deserialize(row.Event), row.Name));
    }

    /// <summary>Tells what happened to other subjects of a type among what was told already, in the order of the days.</summary>
    internal async Task<IReadOnlyList<TimelineEntry>> WithAsync(
        IReadOnlyList<TimelineEntry> told, string subjectType, IReadOnlyCollection<Guid> subjects, Func<Written, object?[]> mentions, CancellationToken stop) =>
        subjects.Count == 0 ? told
            : [.. told.Concat(Tell(await EventsAsync(visible.HistoryOf(subjectType, subjects), stop), mentions, null))
                .OrderByDescending(entry => Instants.DateIn(entry.OccurredAt)).ThenByDescending(entry => entry.RecordedAt)];

    /// <summary>Tells events as sentences.</summary>
    internal IReadOnlyList<TimelineEntry> Tell(IReadOnlyList<Written> rows, Func<Written, object?[]> mentions, string? asOf)
    {
        // Events of one save are of one moment; the newest of them leads to it.
        var newest = rows.GroupBy(row => row.Event.RecordedAt).Select(save => save.First().Event.Sequence).ToHashSet();
        // What a file or minutes tell of may have happened before what was written down first.
        return [.. rows.OrderByDescending(row => Instants.DateIn(row.Event.OccurredAt)).ThenByDescending(row => row.Event.Sequence).Select(row => new TimelineEntry(row.Event.OccurredAt, Sentence(row, mentions), Who(row.Event, row.Actor), row.Event.Reason, Changes(row.Event)) { RecordedAt = row.Event.RecordedAt, AsOf = asOf is null || !newest.Contains(row.Event.Sequence) ? null : $"{asOf}?at={AskedMoment.Write(row.Event.RecordedAt)}" })];
    }

    /// <param name="Event">The event as it was written.</param>
    /// <param name="Happened">What it says.</param>
    /// <param name="Actor">Name of who did it, where the asker may see it.</param>
    internal sealed record Written(EventRecord Event, DomainEvent Happened, string? Actor);

    private IHtmlContent Sentence(Written row, Func<Written, object?[]> mentions) =>
        Markup.Unbroken(texts.Say($"event.{row.Event.Type}", mentions(row)) ?? row.Event.Type);

    private string Who(EventRecord happened, string? name)
    {
        var kind = texts.Find($"ActorKind.{happened.ActorKind}") ?? happened.ActorKind;
        return name ?? (happened.ActorName is { } known ? $"{kind} · {known}" : kind);
    }

    private List<TimelineChange> Changes(EventRecord happened) =>
    [
        .. from row in RowChanges.Read(happened.Changes)
           where row.Did == "changed"
           from column in row.Columns
           where !Derived.Contains(column.Key) && texts.Find($"field.{column.Key}") is not null
           select new TimelineChange(texts.Find($"field.{column.Key}")!, Text(column.Value[0]), Text(column.Value[1])),
    ];

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
