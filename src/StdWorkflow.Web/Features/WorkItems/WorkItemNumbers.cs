using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>The work item that somebody means by a code or a number.</summary>
internal static class WorkItemNumbers
{
    /// <summary>Code of the item whose code, plan number, standard number or international reference this is; null when there is none.</summary>
    public static async Task<string?> FindAsync(Visible visible, string text, CancellationToken stop)
    {
        if (text.Length > Limits.Code) return null;
        var code = text.Trim().ToLowerInvariant();
        var plan = PlanNumber.Parse(text) is { IsOk: true } p ? p.Value.Text : null;
        var typed = StandardNumber.Parse(text) is { IsOk: true } s ? s.Value : null;
        var (standard, own) = (typed?.Text, typed?.Own);
        var reference = IsoReference.Parse(text) is { IsOk: true } r ? r.Value.Text : null;
        if (plan is null && standard is null && reference is null && !code.StartsWith("w-", StringComparison.Ordinal)) return null;
        return await visible.WorkItems
            .Where(item => item.Code == code || (plan != null && item.PlanNumber == plan) || (standard != null && item.StandardNumber == standard)
                || (standard != own && item.StandardNumber == own && item.DoubleNumber == standard) || (reference != null && item.InternationalReference == reference))
            .OrderBy(item => item.Number).Select(item => item.Code).FirstOrDefaultAsync(stop);
    }
}
