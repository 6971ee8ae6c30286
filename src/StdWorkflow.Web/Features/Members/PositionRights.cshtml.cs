using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Components;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Members;

public sealed class PositionRightsModel(Visible visible, CurrentUser me, UseCases useCases, TimelineReader timeline, IStringLocalizer<MemberTexts> texts) : PageModel, IShowsVersion
{
    public sealed record Entry
    {
        // A list that can grow: model binding adds to what it finds, and leaves alone what it cannot add to.
        public List<string> Permissions { get; init; } = [];
    }

    public Entry Form { get; private set; } = new();
    public Position Position { get; private set; } = null!;

    /// <summary>What can be chosen: to administer belongs to the administrator for good, and is offered to nobody else.</summary>
    public IReadOnlyList<Permission> Permissions { get; private set; } = [];
    public IReadOnlyList<TimelineEntry> History { get; private set; } = [];
    public int SeenVersion { get; private set; }

    public Task<IActionResult> OnGetAsync(string key, CancellationToken stop) => ShowAsync(key, null, stop);

    public async Task<IActionResult> OnPostAsync(string key, Entry form, int seenVersion, CancellationToken stop)
    {
        Form = form;
        var result = await useCases.RunAsync(new AllowPosition(key, form.Permissions, seenVersion), stop);
        if (result.IsOk) return Redirect(CommitteeLinks.Positions);
        ModelState.Add(result, nameof(Form));
        return await ShowAsync(key, result.Problem.Code == Problem.ConflictCode ? null : seenVersion, stop);
    }

    private async Task<IActionResult> ShowAsync(string key, int? seenVersion, CancellationToken stop)
    {
        if (!me.MayEverywhere(Permission.Administer)) return Forbid();
        var position = await visible.Positions.SingleOrDefaultAsync(known => known.Key == key, stop);
        if (position is null) return NotFound();
        (Position, SeenVersion) = (position, seenVersion ?? position.Version);
        Permissions = [.. Enum.GetValues<Permission>().Where(permission => permission != Permission.None && (permission != Permission.Administer || key == Position.Administrator))];
        if (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)) Form = new Entry { Permissions = [.. position.Permissions.Select(permission => permission.ToString())] };
        History = await timeline.ReadAsync(nameof(Position), position.Id, Mentions, stop);
        return Page();
    }

    private object?[] Mentions(DomainEvent happened) => happened is PositionDefined defined
        ? [Position.Name, Position.Parse(defined.Permissions).Order().Select(permission => texts[$"Permission.{permission}"].Value).DefaultIfEmpty(texts["Positions.Nothing"].Value)]
        : [];
}
