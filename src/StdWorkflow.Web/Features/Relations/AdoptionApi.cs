using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Relations;

/// <summary>What work items adopt, for programs.</summary>
internal static class AdoptionApi
{
    public sealed record DeviationNow(Guid Id, string Clause, DeviationKind Kind, string Text, string? Reason);

    public sealed record AdoptionNow(string Code, AdoptionDegree? Degree, string? Reference, string? DoubleNumber, IReadOnlyList<DeviationNow> Deviations, int Version);

    public sealed record StateBody([property: InCommand(nameof(StateAdoption.AdoptionDegree))] AdoptionDegree? Degree, [property: InCommand(nameof(StateAdoption.AdoptedReference))] string? Reference);

    /// <param name="Id">The one that is written anew; not said: a new one.</param>
    /// <param name="Clause">The clause that differs.</param>
    /// <param name="Kind">Technical or editorial.</param>
    /// <param name="Text">What differs.</param>
    /// <param name="Reason">Why.</param>
    public sealed record DeviationBody([property: InCommand(nameof(WriteDeviation.Deviation))] Guid? Id, string? Clause, DeviationKind Kind, string? Text, string? Reason);

    public static void Map(RouteGroupBuilder api)
    {
        var adoption = api.MapGroup("/work-items/{code}/adoption").WithTags("Work items");
        adoption.MapGet("", ShowAsync).WithSummary("Shows how far a work item adopts which document, and its table of deviations.").Produces<AdoptionNow>();
        adoption.MapPost("", StateAsync).WithSummary("States how far it adopts which document: IDT, MOD, NEQ, or nothing.").Produces<AdoptionNow>();
        adoption.MapPost("/deviations", WriteAsync).WithSummary("Adds a deviation, or writes one anew.").Produces<AdoptionNow>();
        adoption.MapPost("/deviations/{id:guid}/remove", RemoveAsync).WithSummary("Takes a deviation out of the table.").Produces<AdoptionNow>();
    }

    private static async Task<IResult> ShowAsync(string code, Visible visible, ApiCall call, CancellationToken stop)
    {
        var found = await visible.WorkItems.Where(known => known.Code == code)
            .Select(known => new { known.Id, known.Code, known.Proposal.AdoptionDegree, known.Proposal.AdoptedReference, known.DoubleNumber, known.Version }).SingleOrDefaultAsync(stop);
        if (found is null) return call.NotFound(code);
        var deviations = await visible.Deviations.Where(one => one.WorkItemId == found.Id).OrderBy(one => one.Ordinal)
            .Select(one => new DeviationNow(one.Id, one.Clause, one.Kind, one.Text, one.Reason)).ToListAsync(stop);
        return call.Show(new AdoptionNow(found.Code, found.AdoptionDegree, found.AdoptedReference, found.DoubleNumber, deviations, found.Version), found.Version);
    }

    private static Task<IResult> StateAsync(string code, StateBody body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new StateAdoption(code, body.Degree, body.Reference, seen), _ => ShowAsync(code, visible, call, stop));

    private static Task<IResult> WriteAsync(string code, DeviationBody body, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new WriteDeviation(code, body.Id, body.Clause, body.Kind, body.Text, body.Reason, seen), _ => ShowAsync(code, visible, call, stop));

    private static Task<IResult> RemoveAsync(string code, Guid id, Visible visible, ApiCall call, CancellationToken stop) =>
        call.RunSeenAsync(seen => new RemoveDeviation(code, id, seen), _ => ShowAsync(code, visible, call, stop));
}
