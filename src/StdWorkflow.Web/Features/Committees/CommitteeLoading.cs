using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

internal static class CommitteeLoading
{
    /// <summary>A committee with all its parts, to be changed. The pipeline has seen that it is there.</summary>
    public static Task<Committee> LoadAsync(this AppDbContext db, string code, CancellationToken stop) =>
        db.Committees.Include(known => known.Facts).Include(known => known.WorkPlan).Include(known => known.Mirrors).AsSplitQuery().SingleAsync(known => known.Code == code, stop);

    /// <summary>The top of the tree that a committee stands in decides its side: international or national.</summary>
    public static IQueryable<Committee> International(this IQueryable<Committee> committees, IQueryable<Data.Records.CommitteeAncestor> ancestors, IQueryable<Committee> all) =>
        committees.Where(known => ancestors.Any(link => link.CommitteeId == known.Id && all.Any(above => above.Id == link.AncestorId && above.Kind == CommitteeKind.International)));
}

internal static class CommitteeReading
{
    /// <summary>Work items of committees, of those that the asker may see, that are neither finished nor abandoned.</summary>
    public static IQueryable<WorkItem> RunningWorkItems(this Visible visible) =>
        visible.WorkItems.Where(item => item.CommitteeId != null && item.Tracks.Any(track => track.Kind == TrackKind.MainText && track.End == null));
}

/// <summary>A form has a text in two fields; what the domain says of the text stands beside the first of them.</summary>
internal static class CommitteeFields
{
    public static Problem Beside(Problem problem) =>
        problem.Field is nameof(Committee.Name) or "Text" ? problem with { Field = $"{problem.Field}Zh" } : problem;
}
