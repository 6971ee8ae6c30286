using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Plans;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    /// <summary>Plans these days, written as <c>30 2027-03-01</c>.</summary>
    public async Task PlanAsync(string code, params string[] days) => await app.RunAsync(new PlanWorkItem(
        code, [.. days.Select(day => day.Split(' ')).Select(day => new PlannedDay(day[0], DateOnly.ParseExact(day[1], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))], await VersionAsync(code)));
}
