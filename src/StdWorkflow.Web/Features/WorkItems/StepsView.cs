using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>The next steps of a track, and what of them the reader may do.</summary>
/// <param name="Found">The track with its item.</param>
/// <param name="Steps">Its next steps.</param>
/// <param name="May">Whether the reader has a right.</param>
/// <param name="People">Names of those who stated gates.</param>
public sealed record StepsView(LoadedWorkItem Found, IReadOnlyList<NextStep> Steps, Func<Permission, bool> May, IReadOnlyDictionary<Guid, string> People)
{
    /// <summary>What was asked for of the steps, and whether the reader may ask.</summary>
    public ItemRequests Requests { get; init; } = ItemRequests.None;

    /// <summary>Names of those who stated the gates of the stay in which a track is.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, string>> StatersAsync(Visible visible, Track track, CancellationToken stop)
    {
        var staters = track.CurrentAttestations.Select(said => said.PersonId).OfType<Guid>().Distinct().ToList();
        return await visible.People.Where(person => staters.Contains(person.Id)).Select(person => new { person.Id, person.FullName }).ToDictionaryAsync(person => person.Id, person => person.FullName, stop);
    }
}
