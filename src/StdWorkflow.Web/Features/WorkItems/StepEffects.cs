using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>Everything that a step will do, told before it is taken.</summary>
/// <param name="Track">The track that moves.</param>
/// <param name="Definition">The definition that the track pins.</param>
/// <param name="Transition">The step.</param>
/// <param name="Starts">The clocks that it starts, with what they make due.</param>
/// <param name="Mails">How many people get mail of it.</param>
/// <param name="Closes">The public comment periods that it closes, with their last days; empty as a rule.</param>
/// <param name="Requests">Codes of the open requests that it overtakes; who asked for them is told.</param>
public sealed record StepEffects(Track Track, ProcessDefinition Definition, Transition Transition, IReadOnlyList<(Clock Clock, DueDate Due)> Starts, int Mails, IReadOnlyList<(string Code, DateOnly Until)> Closes, IReadOnlyList<string> Requests)
{
    /// <summary>Where it leads.</summary>
    public Stage To => Definition.StageOf(Transition.To);
}

/// <summary>Reads what a step will do; the same for who takes it and for who grants it.</summary>
public sealed class StepEffectsReader(Visible visible, UndoableStep undoable)
{
    /// <param name="item">The work item.</param>
    /// <param name="track">Its track that moves.</param>
    /// <param name="definition">The definition that the track pins.</param>
    /// <param name="step">The step.</param>
    /// <param name="on">Day of the step.</param>
    /// <param name="stop">Ends with the request.</param>
    /// <param name="granted">Code of the request that is granted by it; null when none is.</param>
    public async Task<StepEffects> ReadAsync(WorkItem item, Track track, ProcessDefinition definition, NextStep step, DateOnly on, CancellationToken stop, string? granted = null)
    {
        var open = await visible.StepRequests.Where(asked => asked.TrackId == track.Id && asked.State == StepRequestState.Open && asked.Code != granted).OrderBy(asked => asked.Number).ToListAsync(stop);
        var running = !definition.StageOf(track.StageKey).OpensConsultation ? [] : await visible.Consultations.Where(period => period.TrackId == track.Id && !period.IsClosed)
            .OrderBy(period => period.Number).Select(period => new { period.Code, period.ClosesOn }).ToListAsync(stop);
        var calendar = await visible.Calendars.ReadAsync(stop);
        return new StepEffects(
            track, definition, step.Transition, [.. item.ClocksStartingIn(track, definition, step.Transition.To).Select(known => (known, DueDate.From(known, on, calendar)))],
            await undoable.RecipientsAsync(item, stop), [.. running.Select(period => (period.Code, period.ClosesOn))],
            [.. open.Where(asked => asked.IsOvertakenAt(step.Transition.To, definition, step.Transition.Key)).Select(asked => asked.Code)]);
    }
}
