using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Components;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>The stage line of a track from its stored stays and running deadlines.</summary>
internal static class StageLines
{
    public static StageLineModel Draw(ProcessDefinition definition, IEnumerable<StageSpan> spans, IEnumerable<Deadline> running, DateTime nowUtc, WorkingCalendar? calendar = null)
    {
        var stays = spans.OrderBy(span => span.Ordinal).Select(span => new Stay(span.StageKey, span.Entered, span.Left)).ToList();
        var due = running.Where(deadline => deadline.Kind != ClockKind.OverallLimit && deadline.At(nowUtc) != DeadlineState.Met).Select(deadline => (DateOnly?)deadline.LocalDate).Min();
        return StageLineModel.Of(definition, stays, Instants.DateIn(nowUtc), due, calendar);
    }
}
