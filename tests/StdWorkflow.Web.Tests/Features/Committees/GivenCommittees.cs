using StdWorkflow.Domain.Committees;
using StdWorkflow.Web.Features.Committees;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    /// <summary>A working group of its own for a test, below SAC/TC28/SC42 unless said otherwise.</summary>
    public async Task<string> GroupAsync(string below = "sac-tc28-sc42", CommitteeKind kind = CommitteeKind.WorkingGroup)
    {
        var name = $"{Guid.NewGuid():N}"[..8].ToUpperInvariant();
        return await app.RunAsync(new AddCommittee(below, kind, CommitteeStatus.Active, $"SAC/TC28/SC42/T-{name}", $"测试组{name}", $"Test group {name}", null, false));
    }
}
