using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

public sealed class IndexModel(Visible visible, CurrentUser me) : PageModel
{
    /// <summary>A committee in the tree. <see cref="IsFound"/> is false for one that is shown only because of what lies below it.</summary>
    public sealed record Node(string Code, string Designation, CommitteeKind Kind, CommitteeStatus Status, LocalizedText Name, bool IsDemo, bool IsFound, int Running, IReadOnlyList<Node> Below);

    public CommitteeFilter Shown { get; private set; } = new();
    public IReadOnlyList<Node> National { get; private set; } = [];
    public IReadOnlyList<Node> International { get; private set; } = [];
    public int Found { get; private set; }
    public bool IsFiltered => Shown.IsAny;
    public bool MayAddRoot => me.MayEverywhere(Permission.ManageCommittee);

    public async Task OnGetAsync([FromQuery] CommitteeFilter filter, CancellationToken stop)
    {
        Shown = filter.Meant;

        var rows = await visible.Committees
            .Select(known => new { known.Id, known.Code, known.ParentId, known.Designation, known.Kind, known.Status, known.Name, known.IsDemo }).ToListAsync(stop);
        var running = await visible.RunningWorkItems().GroupBy(item => item.CommitteeId!.Value).Select(group => new { group.Key, Items = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Items, stop);

        var below = rows.OrderBy(row => row.Kind).ThenBy(row => SortKeys.Of(row.Designation), StringComparer.Ordinal).ToLookup(row => row.ParentId);
        var (roots, _) = Level(null);
        International = [.. roots.Where(root => root.Kind == CommitteeKind.International)];
        National = [.. roots.Where(root => root.Kind != CommitteeKind.International)];

        (List<Node> Shown, int Running) Level(Guid? parent)
        {
            var (nodes, sum) = (new List<Node>(), 0);
            foreach (var row in below[parent])
            {
                var (children, items) = Level(row.Id);
                items += running.GetValueOrDefault(row.Id);
                sum += items;
                var isFound = Shown.Finds(row.Kind, row.Status, row.Designation, row.Code, row.Name.Zh, row.Name.En);
                if (isFound) Found++;
                if (isFound || children.Count > 0) nodes.Add(new Node(row.Code, row.Designation, row.Kind, row.Status, row.Name, row.IsDemo, isFound, items, children));
            }

            return (nodes, sum);
        }
    }
}
