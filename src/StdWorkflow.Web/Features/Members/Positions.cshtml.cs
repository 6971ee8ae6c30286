using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Members;

/// <summary>Which position allows what: the one table of rights.</summary>
public sealed class PositionsModel(Visible visible, CurrentUser me, TimeProvider clock) : PageModel
{
    public sealed record Line(string Key, LocalizedText Name, bool Votes, IReadOnlySet<Permission> Allows, int Holders, Source Source);

    public IReadOnlyList<Permission> Permissions { get; } = [.. Enum.GetValues<Permission>().Where(permission => permission != Permission.None)];
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!me.MayEverywhere(Permission.Administer)) return Forbid();
        var today = Instants.DateIn(clock.UtcNow());
        var rows = await visible.Positions.OrderBy(position => position.SortOrder).Select(position => new
        {
            Position = position,
            Holders = visible.Memberships.Count(held => held.PositionId == position.Id && held.From <= today && (held.To == null || held.To >= today)),
        }).ToListAsync(stop);
        Lines = [.. rows.Select(row => new Line(
            row.Position.Key, row.Position.Name, row.Position.Votes, row.Position.Permissions, row.Holders, new Source(row.Position.SourceReference, row.Position.SourceVerified)))];
        return Page();
    }
}
