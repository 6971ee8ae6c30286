using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

public sealed class MirrorModel(Visible visible, CurrentUser me, UseCases useCases) : CommitteeFormModel(visible, me, useCases)
{
    public sealed record Entry : ISourced
    {
        public string? Other { get; init; }
        public string? Source { get; init; }
        public bool SourceVerified { get; init; }
    }

    public Entry Form { get; private set; } = new();
    public IReadOnlyList<(string Code, string Designation, LocalizedText Name)> Others { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, null, stop);

    public Task<IActionResult> OnPostAsync(string code, Entry form, CancellationToken stop)
    {
        Form = form;
        return RunAsync(code, new JoinMirror(code, form.Other, form.Source, form.SourceVerified), null, stop);
    }

    protected override async Task<IActionResult> PrepareAsync(CancellationToken stop)
    {
        var joined = Committee.Mirrors.Select(mirror => mirror.OtherCommitteeId).ToList();
        var others = await Visible.Committees.International(Visible.CommitteeAncestors, Visible.Committees).Where(known => !joined.Contains(known.Id))
            .Select(known => new { known.Code, known.Designation, known.Name }).ToListAsync(stop);
        Others = [.. others.OrderBy(known => SortKeys.Of(known.Designation), StringComparer.Ordinal).Select(known => (known.Code, known.Designation, known.Name))];
        return Page();
    }
}
