using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Features.Consultations;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    /// <summary>A national project of SAC/TC28/SC42 that has just entered its comment stage.</summary>
    public async Task<OpenPeriod> OpenConsultationAsync() => await PeriodOfAsync(await ProjectAtAsync("30"));

    /// <summary>Comments of a visitor; answers the receipt.</summary>
    public Task<string> CommentsAsync(OpenPeriod period, params IReadOnlyList<string> texts) => app.RunAsync(new SubmitComments(
        period.Number, [.. texts.Select((text, at) => new CommentEntry { Clause = $"{at + 1}.1", Text = text })], "何静", "演示视觉科技公司", null, MayPublishName: false, Remark: null));

    /// <summary>The newest comment period of a work item.</summary>
    public Task<OpenPeriod> PeriodOfAsync(string code) => app.Db(db => (
        from period in db.Consultations
        join item in db.WorkItems on period.WorkItemId equals item.Id
        where item.Code == code
        orderby period.Number descending
        select new OpenPeriod(code, period.Code, period.Id, period.ClosesOn, period.ClosesAtUtc)).FirstAsync());

    public sealed record OpenPeriod(string WorkItem, string Number, Guid Id, DateOnly ClosesOn, DateTime ClosesAtUtc)
    {
        public string Path => $"/consultations/{Number}";
        public string Table => $"/work-items/{WorkItem}/comments";
    }
}
