namespace StdWorkflow.Web.Features.Plans;

/// <summary>Addresses of the pages of plans.</summary>
internal static class PlanLinks
{
    public static string Item(string code) => $"/work-items/{code}/plan";
    public static string Edit(string code) => $"/work-items/{code}/plan/edit";
    public static string Suggest(string code) => $"/work-items/{code}/plan/edit?suggest=true";
    public static string Committee(string code) => $"/committees/{code}/plan";
}
