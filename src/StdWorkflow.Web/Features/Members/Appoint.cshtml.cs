using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Members;

public sealed class AppointModel(Visible visible, CurrentUser me, UseCases useCases, TimeProvider clock) : CommitteeFormModel(visible, me, useCases)
{
    public sealed record Entry
    {
        public Guid? Person { get; init; }
        public string? FullName { get; init; }
        public string? Reading { get; init; }
        public string? Email { get; init; }
        public string? Organization { get; init; }
        public string? Position { get; init; }
        public DateOnly? From { get; init; }
        public DateOnly? To { get; init; }
        public bool Invite { get; init; }
    }

    /// <summary>Somebody to choose.</summary>
    public sealed record Known(Guid Id, string FullName, LocalizedText? Organization, string? Email);

    public Entry Form { get; private set; } = new();
    public IReadOnlyList<Known> People { get; private set; } = [];
    public IReadOnlyList<(string Key, LocalizedText Name)> Positions { get; private set; } = [];
    public IReadOnlyList<string> Organizations { get; private set; } = [];

    protected override Permission Needs => Permission.ManageMembers;

    public Task<IActionResult> OnGetAsync(string code, CancellationToken stop) => ShowAsync(code, null, stop);

    public Task<IActionResult> OnPostAsync(string code, Entry form, CancellationToken stop)
    {
        Form = form;
        return RunAsync(code, new AppointMember(
            code, form.Person, form.FullName, form.Reading, form.Email, form.Organization, form.Position, form.From, form.To, form.Invite), null, stop);
    }

    protected override async Task<IActionResult> PrepareAsync(CancellationToken stop)
    {
        if (IsFirst) Form = new Entry { From = Instants.DateIn(clock.UtcNow()) };
        People = await (
            from person in Visible.People
            from organization in Visible.Organizations.Where(known => known.Id == person.OrganizationId).DefaultIfEmpty()
            orderby person.Reading ?? person.FullName, person.FullName
            select new Known(person.Id, person.FullName, organization == null ? null : organization.Name, person.Email)).ToListAsync(stop);
        Positions = [.. (await Visible.Positions.Where(position => position.Key != Position.Administrator).OrderBy(position => position.SortOrder)
            .Select(position => new { position.Key, position.Name }).ToListAsync(stop)).Select(position => (position.Key, position.Name))];
        Organizations = [.. (await Visible.Organizations.Select(organization => organization.Name).ToListAsync(stop)).Select(name => name.In(Reader.Language)).Order(StringComparer.CurrentCulture)];
        return Page();
    }
}
