namespace StdWorkflow.Web.Features.Committees;

/// <summary>Addresses of the pages of committees and of who sits in them.</summary>
internal static class CommitteeLinks
{
    public const string List = "/committees";
    public const string AddRoot = "/committees/add";
    public const string Positions = "/admin/positions";
    public static string Details(string code) => $"/committees/{code}";
    public static string AsOf(string code) => $"/committees/{code}/as-of";
    public static string AddBelow(string code) => $"{AddRoot}?below={code}";
    public static string Edit(string code) => $"/committees/{code}/edit";
    public static string Status(string code) => $"/committees/{code}/status";
    public static string Plan(string code) => $"/committees/{code}/work-plan/add";
    public static string State(string code) => $"/committees/{code}/facts/state";
    public static string Correct(string code, string key) => $"/committees/{code}/facts/state?key={Uri.EscapeDataString(key)}";
    public static string Mirror(string code) => $"/committees/{code}/mirrors/add";
    public static string Appoint(string code) => $"/committees/{code}/members/appoint";
    public static string Membership(string code, Guid membership) => $"/committees/{code}/members/{membership:N}";
    public static string Position(string key) => $"{Positions}/{Uri.EscapeDataString(key)}";
    public static string RunningWorkItems(string code) => $"/work-items?committee={code}&state=running";
    public static string ForeignProjects(string code) => $"/international?committee={code}";
}
