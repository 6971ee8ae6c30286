namespace StdWorkflow.Web.Features.Plans;

/// <summary>Addresses of the pages of plans.</summary>
internal static class PlanLinks
{
    public static string Item(string code, string? track = null) => $"/work-items/{code}/plan" + (track is null ? "" : $"?track={track}");
    public static string Edit(string code, string? track = null) => $"/work-items/{code}/plan/edit" + (track is null ? "" : $"?track={track}");
    public static string Suggest(string code, string? track = null) => $"/work-items/{code}/plan/edit?suggest=true" + (track is null ? "" : $"&track={track}");
    public static string Committee(string code) => $"/committees/{code}/plan";
}
