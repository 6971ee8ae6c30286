using StdWorkflow.Domain.People;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.Shared;

/// <summary>A way from every page.</summary>
/// <param name="Key">What a page names in <c>ViewData["Nav"]</c>; its word is <c>Nav.{Key}</c>.</param>
/// <param name="Address">Where it leads.</param>
internal sealed record NavigationEntry(string Key, string Address);

/// <summary>The one table of what stands in the rail and in the masthead. An entry comes with its page, never before.</summary>
internal static class Navigation
{
    private static readonly NavigationEntry MyDuties = new("duties", "/");

    private static readonly NavigationEntry Cockpit = new("cockpit", "/cockpit");

    private static readonly NavigationEntry Requests = new("requests", "/requests");

    private static readonly NavigationEntry[] Everybody =
    [
        new("work-items", "/work-items"),
        new("consultations", "/consultations"),
        new("committees", "/committees"),
        new("international", "/international"),
        new("processes", "/processes"),
    ];

    private static readonly NavigationEntry[] Administrators =
    [
        new("positions", "/admin/positions"),
        new("outbox", "/admin/outbox"),
        new("jobs", "/jobs"),
    ];

    public static IReadOnlyList<NavigationEntry> MainFor(CurrentUser me) =>
        !me.IsSignedIn ? Everybody : me.MaySomewhere(Permission.Advance) ? [MyDuties, Cockpit, Requests, .. Everybody] : me.MaySomewhere(Permission.Propose) ? [MyDuties, Requests, .. Everybody] : [MyDuties, .. Everybody];

    public static IReadOnlyList<NavigationEntry> AdministrationFor(CurrentUser me) => me.MayEverywhere(Permission.Administer) ? Administrators : [];
}
