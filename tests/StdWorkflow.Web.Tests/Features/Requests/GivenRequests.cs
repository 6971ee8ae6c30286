using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Requests;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    /// <summary>A project in the drafting stage with an open request of 赵磊, a member, for the comment stage; its gate is met unless said otherwise.</summary>
    public async Task<(string Item, string Request)> RequestAsync(bool met = true, string asker = "zhao.lei", int days = 14, string transition = "20-30")
    {
        var item = await ProjectAtAsync("20");
        if (met) await AttestAsync(item, "draft-for-comments");
        return (item, await AskAsync(item, asker, days, transition));
    }

    public async Task<string> AskAsync(string item, string asker = "zhao.lei", int days = 14, string transition = "20-30")
    {
        var asked = await app.RunAsAsync(asker, new AskForStep(item, transition, "草案已经成熟", Instants.DateIn(app.Clock.GetUtcNow().UtcDateTime).AddDays(days)));
        return asked.IsOk ? asked.Value : throw new InvalidOperationException(asked.Problem.Code);
    }

    public Task<int> RequestVersionAsync(string request) => app.Db(db => db.StepRequests.Where(known => known.Code == request).Select(known => known.Version).SingleAsync());

    public Task<StepRequestState> RequestStateAsync(string request) => app.Db(db => db.StepRequests.Where(known => known.Code == request).Select(known => known.State).SingleAsync());
}
