using Microsoft.AspNetCore.Mvc;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

public sealed class StateModel(Visible visible, CurrentUser me, UseCases useCases) : CommitteeFormModel(visible, me, useCases)
{
    public sealed record Entry : ISourced
    {
        public string? TextZh { get; init; }
        public string? TextEn { get; init; }
        public int? Number { get; init; }
        public DateOnly? Date { get; init; }
        public string? Source { get; init; }
        public bool SourceVerified { get; init; }
        public string? Conflict { get; init; }
    }

    public Entry Form { get; private set; } = new();

    /// <summary>The fact to correct; null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, null, stop);

    public Task<IActionResult> OnPostAsync(string code, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        return RunAsync(code, new StateCommitteeFact(
            code, Key, form.TextZh, form.TextEn, form.Number, form.Date, form.Source, form.SourceVerified, form.Conflict, seenVersion), seenVersion, stop);
    }

    protected override Task<IActionResult> PrepareAsync(CancellationToken stop)
    {
        if (IsFirst && Key is not null)
        {
            if (Committee.Facts.FirstOrDefault(stated => stated.Key == Key) is not { } fact) return Task.FromResult<IActionResult>(NotFound());
            Form = new Entry
            {
                TextZh = fact.Text.Zh,
                TextEn = fact.Text.En,
                Number = fact.Number,
                Date = fact.Date,
                Source = fact.SourceReference,
                SourceVerified = fact.SourceVerified,
                Conflict = fact.Conflict,
            };
        }

        return Task.FromResult<IActionResult>(Page());
    }
}
