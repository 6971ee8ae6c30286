using System.ComponentModel;
using StdWorkflow.Domain.International;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.International;

/// <summary>Which projects of other bodies a list shows; the same for the page and the API. Everything may be missing or nonsense.</summary>
public record ForeignProjectFilter
{
    [Description("A part of the reference or of the title.")]
    public string? Q { get; init; }

    [Description("Code of a committee; those below it count.")]
    public string? Committee { get; init; }

    [Description("The first two digits of the stage, such as 40.")]
    public string? Stage { get; init; }

    [Description("Type of deliverable, such as IS, TR or TS.")]
    public string? Type { get; init; }

    public IQueryable<ForeignProject> Apply(Visible visible)
    {
        var found = visible.ForeignProjects;
        if (FilterText.Read(Q)?.ToLowerInvariant() is { } words) found = found.Where(project => project.SearchText.Contains(words));
        if (FilterText.Read(Committee) is { } code)
            found = found.Where(project => visible.CommitteeAncestors.Any(link => link.CommitteeId == project.CommitteeId
                && visible.Committees.Any(committee => committee.Id == link.AncestorId && committee.Code == code)));
        if (FilterText.Read(Type) is { } type) found = found.Where(project => project.DeliverableType == type);
        if (FilterText.Read(Stage) is { } stage) found = found.Where(project => project.Stage != null && project.Stage.StartsWith(stage + "."));
        return found;
    }
}
