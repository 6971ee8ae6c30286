using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.WorkItems;

/// <content>What lists of plans and standards say of it: how it is taken over from a file, and what a newer file changes.</content>
public sealed partial class WorkItem
{
    /// <summary>
    /// Takes over a plan or standard from a file, at the stage that the file shows. <paramref name="entered"/> is null when the
    /// file does not say since when.
    /// </summary>
    public static WorkItem TakeOver(
        int number, PlanRow row, Guid? committee, ProcessDefinition definition, Stage stage, DateOnly? entered, DateOnly asOf, WorkingCalendar calendar, DateTime nowUtc)
    {
        var item = Make(number, WorkItemKind.National, row.Title, committee, isPublic: true, isDemo: false);
        (item.PlanNumber, item.StandardNumber, item.CommitteeText) = (row.PlanNumber, row.StandardNumber, row.CommitteeText);
        (item.IssuedOn, item.InForceOn, item.ImportedStatus, item.ImportedAsOf) = (row.IssuedOn, row.InForceOn, row.Status, asOf);
        item.SetKeys();
        item.Raise(new WorkItemImported(item.Code, item.Kind, item.Title, item.PlanNumber, item.StandardNumber) { OccurredAt = Midnight(asOf) });
        item.Start(TrackKind.MainText, definition, stage, entered, calendar, nowUtc);
        return item;
    }

    /// <summary>
    /// Compares with a newer row of a file and takes over what it says; what it does not say stays. <paramref name="stage"/> is null when
    /// the file says nothing new about it: a step that was taken here stays taken. True when something changed.
    /// </summary>
    public bool TakeOverChanges(PlanRow row, Guid? committee, ProcessDefinition definition, Stage? stage, DateOnly? entered, DateOnly asOf, WorkingCalendar calendar, DateTime nowUtc)
    {
        var fields = new List<string>();
        var title = new LocalizedText(row.Title.Zh ?? Title.Zh, row.Title.En ?? Title.En);
        Take(nameof(Title), Title, title, value => Title = value);
        Take(nameof(PlanNumber), PlanNumber, row.PlanNumber ?? PlanNumber, value => PlanNumber = value);
        Take(nameof(StandardNumber), StandardNumber, row.StandardNumber ?? StandardNumber, value => StandardNumber = value);
        Take(nameof(CommitteeId), CommitteeId, committee ?? CommitteeId, BelongTo);
        Take(nameof(CommitteeText), CommitteeText, row.CommitteeText ?? CommitteeText, value => CommitteeText = value);
        Take(nameof(IssuedOn), IssuedOn, row.IssuedOn ?? IssuedOn, value => IssuedOn = value);
        Take(nameof(InForceOn), InForceOn, row.InForceOn ?? InForceOn, value => InForceOn = value);
        Take(nameof(ImportedStatus), ImportedStatus, row.Status ?? ImportedStatus, value => ImportedStatus = value);
        var track = Main;
        var moves = stage is not null && stage.Key != track.StageKey && !track.IsCarriedOn;
        if (fields.Count == 0 && !moves) return false;
        ImportedAsOf = asOf;
        SetKeys();
        if (fields.Count > 0) Raise(new WorkItemRevisedByImport(fields) { OccurredAt = Midnight(asOf) });
        if (moves)
        {
            var from = track.StageKey;
            MoveTo(track, definition, stage!, entered, calendar);
            Raise(new StageRecorded(track.Id, from, stage!.Key, entered) { OccurredAt = Midnight(entered ?? asOf) });
            Look(track, definition, FactsOf(track, nowUtc, null, 0, 0), nowUtc, raise: false);
        }

        return true;

        void Take<T>(string field, T before, T after, Action<T> set)
        {
            if (Equals(before, after)) return;
            set(after);
            fields.Add(field);
        }
    }
}

/// <summary>What one row of a list of plans and standards says; null means: not said.</summary>
/// <param name="Title">Title in one or both languages.</param>
/// <param name="PlanNumber">计划号 in canonical form.</param>
/// <param name="StandardNumber">标准编号 in canonical form.</param>
/// <param name="Status">Status word of the platform.</param>
/// <param name="CommitteeText">Committee as written, when none of ours is known by it.</param>
/// <param name="IssuedOn">Day of issue of the standard.</param>
/// <param name="InForceOn">Day of entry into force.</param>
public sealed record PlanRow(
    LocalizedText Title, string? PlanNumber, string? StandardNumber, string? Status, string? CommitteeText, DateOnly? IssuedOn, DateOnly? InForceOn);
