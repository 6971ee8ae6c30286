using Microsoft.AspNetCore.Mvc;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>A form on which a source is named.</summary>
public interface ISourced
{
    string? Source { get; }
    bool SourceVerified { get; }
}

public sealed class PlanModel(Visible visible, CurrentUser me, UseCases useCases, TimeProvider clock) : CommitteeFormModel(visible, me, useCases)
{
    public sealed record Entry : ISourced
    {
        public int? Year { get; init; }
        public string? TextZh { get; init; }
        public string? TextEn { get; init; }
        public DateOnly? Due { get; init; }
        public string? Source { get; init; }
        public bool SourceVerified { get; init; }
    }

    public Entry Form { get; private set; } = new();

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, null, stop);

    public Task<IActionResult> OnPostAsync(string code, Entry form, CancellationToken stop)
    {
        Form = form;
        return RunAsync(code, new PlanCommitteeWork(code, form.Year, form.TextZh, form.TextEn, form.Due, form.Source, form.SourceVerified), null, stop);
    }

    protected override Task<IActionResult> PrepareAsync(CancellationToken stop)
    {
        if (IsFirst) Form = new Entry { Year = Instants.DateIn(clock.UtcNow()).Year };
        return Task.FromResult<IActionResult>(Page());
    }
}
