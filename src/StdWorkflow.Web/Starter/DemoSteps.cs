using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Consultations;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Starter;

/// <summary>The past of invented work items is lived through again, by the steps that a secretariat would have taken.</summary>
internal static class DemoSteps
{
    private const string Paper = "演示文件";

    private static readonly TimeOnly officeHour = new(10, 0);

    public static DateTime At(DateOnly day) => Instants.StartOf(day, Instants.China) + officeHour.ToTimeSpan();

    /// <summary>States what the step's gates ask for, and takes it. A gate that nobody can state stays as it is, and may refuse.</summary>
    public static Result<Transition> Take(
        WorkItem item, Track track, ProcessDefinition definition, Transition transition, string? reason, DateOnly on, Guid? statedBy, DateTime? consultationClosesAtUtc, int comments, WorkingCalendar calendar)
    {
        var refused = transition.Gates.Where(gate => gate.Kind != GateKind.Attestation).Select(gate => gate.Check(Facts())).Where(gate => !gate.Met).Select(gate => gate.Reason!).ToList();
        if (refused.Count > 0) return Result<Transition>.Fail(refused);
        foreach (var gate in transition.Gates.Where(gate => gate.Kind == GateKind.Attestation))
        {
            var stated = item.Attest(track, definition, gate.Key, statedBy, Paper, on, Facts());
            if (!stated.IsOk) return Result<Transition>.Fail(stated.Problems);
        }

        return item.Step(track, definition, transition.Key, Facts(), reason, on, calendar);

        TrackFacts Facts() => item.FactsOf(track, At(on), consultationClosesAtUtc, comments, 0);
    }

    /// <summary>Opens the comment period of the stage that the item has just entered.</summary>
    public static async Task<Consultation> OpenConsultationAsync(AppDbContext db, WorkItem item, CancellationToken stop)
    {
        var period = item.Deadlines.Single(deadline => deadline is { Kind: ClockKind.CommentPeriod, Status: DeadlineStatus.Running });
        var consultation = Consultation.Open(
            await db.NextAsync(Numbering.Consultations, stop), item.Id, item.Main.Id, item.Main.CurrentOrdinal, period.Started, period.LocalDate, period.Zone, period.InstantUtc, isDemo: true);
        db.Consultations.Add(consultation);
        return consultation;
    }
}
