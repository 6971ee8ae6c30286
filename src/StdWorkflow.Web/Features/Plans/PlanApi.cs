using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Plans;

/// <summary>Plans for programs.</summary>
internal static class PlanApi
{
    public sealed record StageNow(string Stage, LocalizedText Name, TimetablePlace Place, DateOnly? Planned, DateOnly? Expected, IReadOnlyList<TimetableStay> Stays, DateOnly? Limit);

    public sealed record LimitNow(string Clock, LocalizedText Name, string Until, DateOnly LastDay, bool IsStored, DateOnly? Expected, int? MissedBy);

    public sealed record Whole(
        string Code, LocalizedText Title, string Process, string Stage, IReadOnlyList<StageNow> Stages, IReadOnlyList<LimitNow> Limits, DateOnly? PlannedEnd, DateOnly? ExpectedEnd, int DaysBehind, int Version);

    public sealed record Lane(
        string Code, LocalizedText Title, string Process, string Stage, DateOnly? Began, DateOnly? PlannedEnd, DateOnly? ExpectedEnd, int DaysBehind, DateOnly? LastLimit, int? MissedBy, bool IsDemo);

    // Without a track, the text is meant.
    public sealed record PlanBody(IReadOnlyList<PlannedDay?> Days, string? Track = null);

    public sealed record Filter
    {
        [Description("late, near (due within 30 days), blocked, comment or mine, which needs a token (401).")]
        public string? State { get; init; }

        [Description("Key of the process that drives the main text.")]
        public string? Process { get; init; }
    }

    /// <summary>Along the deadlines first, as the page shows them.</summary>
    internal static readonly IReadOnlyList<ListOrder<WorkItemRow, PlanLine>> Orders =
    [
        .. ListOrder<WorkItemRow, PlanLine>.Both("deadline", row => row.Track.DeadlineKey, line => line.DeadlineKey, row => row.Track.WorkItemId, line => line.Id),
        .. ListOrder<WorkItemRow, PlanLine>.Both("code", row => row.Item.Number, line => line.Number, row => row.Item.Number, line => line.Number),
        .. ListOrder<WorkItemRow, PlanLine>.Both("updated", row => row.Item.ChangedAtUtc, line => line.Updated, row => row.Item.Number, line => line.Number),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/work-items/{code}/plan", ShowAsync).WithTags("Work items").WithSummary("Shows what is planned for each stage, what was, what the rules allow, and which limits will be missed.").Produces<Whole>();
        api.MapPost("/work-items/{code}/plan", PlanAsync).WithTags("Work items").WithSummary("Plans days for stages ahead; a stage that is not named keeps its day, one without a day loses it.").Produces<Whole>();
        api.MapGet("/committees/{code}/plan", ListAsync).WithTags("Committees").WithOrders(Lists.NamesOf(Orders)).WithSummary("Lists the plans of the running items of a committee and of those below it.").Produces<ListAnswer<Lane>>();
    }

    internal static Lane LaneOf(PlanView view) => new(
        view.Item.Code, view.Item.Title, view.Item.Process, view.Item.Stage, view.Timetable.Began, view.Timetable.PlannedEnd, view.Timetable.ExpectedEnd, view.Timetable.Delay,
        view.Timetable.LastLimit, view.Timetable.Missed?.MissedBy, view.Item.IsDemo);

    private static async Task<IResult> ShowAsync(string code, string? track, PlanReader plans, ApiCall call, CancellationToken stop) =>
        await plans.FindAsync(code, track, stop) is { } found ? call.Show(WholeOf(found), found.Item.Version) : call.NotFound(code);

    private static Task<IResult> PlanAsync(string code, PlanBody body, PlanReader plans, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new PlanWorkItem(code, [.. (body.Days ?? []).Select(day => day ?? new PlannedDay("", null))], seen, body.Track), _ => ShowAsync(code, body.Track, plans, call, stop));

    private static async Task<IResult> ListAsync(
        string code, [AsParameters] Filter filter, [AsParameters] ListQuery asked, Visible visible, CurrentUser me, PlanReader plans, Lists lists, ApiCall call, TimeProvider clock, CancellationToken stop)
    {
        var whole = new WorkItemFilter { Committee = code, State = filter.State, Process = filter.Process };
        if (whole.CheckFor(me).ToList() is { Count: > 0 } problems) return call.Refuse(problems);
        if (!await visible.Committees.AnyAsync(known => known.Code == code, stop)) return call.NotFound(code);
        var lines = await lists.ReadAsync(asked, whole, Orders, PlanReader.Running(whole, visible, me, clock.UtcNow(), byTrack: asked.Sort is null or "deadline" or "-deadline"), PlanReader.Select, stop);
        if (!lines.IsOk) return call.Refuse(lines.Problems);
        return TypedResults.Ok(new ListAnswer<Lane>([.. (await plans.CompleteAsync(lines.Value.Items, whole: false, stop)).Select(LaneOf)], lines.Value.Next));
    }

    private static Whole WholeOf(PlanView view)
    {
        var plan = view.Timetable;
        return new Whole(
            view.Item.Code, view.Item.Title, view.Item.Process, view.Item.Stage,
            [.. plan.Stages.Select(row => new StageNow(row.Stage.Key, row.Stage.Name, row.Place, row.Planned, row.Expected, row.Stays, row.Limit))],
            [.. plan.Limits.Select(limit => new LimitNow(limit.Clock.Key, limit.Clock.Name, limit.Until, limit.LastDay, limit.IsStored, limit.Expected, limit.MissedBy))],
            plan.PlannedEnd, plan.ExpectedEnd, plan.Delay, view.Item.Version);
    }
}
