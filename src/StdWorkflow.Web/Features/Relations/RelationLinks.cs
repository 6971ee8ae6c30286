namespace StdWorkflow.Web.Features.Relations;

/// <summary>Addresses of what a work item adopts.</summary>
internal static class RelationLinks
{
    public static string Adoption(string code, Guid? deviation = null) => $"/work-items/{code}/adoption" + (deviation is null ? "" : $"?deviation={deviation}");
}
