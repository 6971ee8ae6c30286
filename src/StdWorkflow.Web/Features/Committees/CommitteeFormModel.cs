using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Committees;

/// <summary>A form about one committee: finds it, asks for the right, and carries the version that it showed.</summary>
public abstract class CommitteeFormModel(Visible visible, CurrentUser me, UseCases useCases) : PageModel, IShowsVersion
{
    public Committee Committee { get; private set; } = null!;

    public int SeenVersion { get; private set; }

    protected Visible Visible { get; } = visible;

    /// <summary>The right that the form asks for.</summary>
    protected virtual Permission Needs => Permission.ManageCommittee;

    /// <summary>Shows the form, or says why not.</summary>
    protected async Task<IActionResult> ShowAsync(string code, int? seenVersion, CancellationToken stop)
    {
        var committee = await Visible.Committees.Include(known => known.Facts).Include(known => known.Mirrors).AsSplitQuery().SingleOrDefaultAsync(known => known.Code == code, stop);
        if (committee is null) return NotFound();
        if (!me.May(Needs, committee.Id)) return Forbid();
        (Committee, SeenVersion) = (committee, seenVersion ?? committee.Version);
        return await PrepareAsync(stop);
    }

    /// <summary>Runs the command and goes back to the committee; a refused one shows the form again with what was typed.</summary>
    protected async Task<IActionResult> RunAsync<T>(string code, ICommand<T> command, int? seenVersion, CancellationToken stop)
    {
        var result = await useCases.RunAsync(command, stop);
        if (result.IsOk) return Redirect(CommitteeLinks.Details(code));
        ModelState.Add(result, "Form");
        return await ShowAsync(code, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop);
    }

    /// <summary>Reads what the form offers; the first time also what it begins with.</summary>
    protected abstract Task<IActionResult> PrepareAsync(CancellationToken stop);

    /// <summary>True when the form is shown for the first time, with nothing typed yet.</summary>
    protected bool IsFirst => HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);
}
