using System.Security.Cryptography;
using System.Text;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.WorkItems;

/// <summary>
/// A filter of work items under a name: of one person, or of a committee, all of whose members then have it. It holds what was asked for
/// and no result; who opens it sees what they may see. A decision of this product, no rule of the field.
/// </summary>
public sealed class SavedFilter : Aggregate
{
    /// <summary>The longest filter, in letters of an address.</summary>
    public const int LongestQuery = 2000;

    /// <summary>How many a person or a committee may have; a list of more would need a filter itself.</summary>
    public const int Most = 30;

    private SavedFilter() { }

    /// <summary>Whose it is; null when it is a committee's.</summary>
    public Guid? PersonId { get; private set; }

    /// <summary>The committee whose members have it; null when it is a person's.</summary>
    public Guid? CommitteeId { get; private set; }

    /// <summary>What it is called.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Owner and name while it is kept, else null: unique, so that two who save at once cannot both have the name.</summary>
    public string? NameKey { get; private set; }

    /// <summary>The filter as the query of an address, with the mark before it.</summary>
    public string Query { get; private set; } = "";

    /// <summary>When it was removed (UTC), or null.</summary>
    public DateTime? RemovedAtUtc { get; private set; }

    /// <summary>Saves a filter for a person. Refuses an empty name, one that is too long or, however its letters are written, is <paramref name="taken"/>, an empty filter, and one more than <see cref="Most"/>.</summary>
    /// <param name="person">Whose it will be.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="query">The filter as the query of an address.</param>
    /// <param name="taken">The names that the person has given already.</param>
    public static Result<SavedFilter> OfPerson(Guid person, string? name, string query, IReadOnlyCollection<string> taken) =>
        Save(new SavedFilter { PersonId = person }, name, query, taken);

    /// <summary>Saves a filter for the members of a committee; refuses what <see cref="OfPerson"/> refuses.</summary>
    /// <param name="committee">Whose it will be.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="query">The filter as the query of an address.</param>
    /// <param name="taken">The names that the committee has given already.</param>
    public static Result<SavedFilter> OfCommittee(Guid committee, string? name, string query, IReadOnlyCollection<string> taken) =>
        Save(new SavedFilter { CommitteeId = committee }, name, query, taken);

    /// <summary>Takes it away, now (UTC); one that is gone already stays as it is.</summary>
    public void Remove(DateTime nowUtc)
    {
        if (RemovedAtUtc is not null) return;
        (RemovedAtUtc, NameKey) = (nowUtc, null);
        Raise(new FilterRemoved(Name));
    }

    private static Result<SavedFilter> Save(SavedFilter filter, string? name, string query, IReadOnlyCollection<string> taken)
    {
        var called = name?.Trim() ?? "";
        if (called.Length == 0) return Problem.On(nameof(Name), "validation.required");
        if (called.Length > Limits.Name) return Problem.On(nameof(Name), "validation.tooLong", Limits.Name);
        if (query.Length == 0) return Problem.Of("savedFilter.nothing");
        if (query.Length > LongestQuery) return Problem.Of("savedFilter.tooLong");
        if (taken.Any(other => KeyOf(filter, other) == KeyOf(filter, called))) return Problem.On(nameof(Name), "savedFilter.nameTaken", called);
        if (taken.Count >= Most) return Problem.Of("savedFilter.tooMany", Most);
        (filter.Name, filter.NameKey, filter.Query) = (called, KeyOf(filter, called), query);
        filter.Raise(new FilterSaved(called, query));
        return filter;
    }

    /// <summary>The databases do not agree on which letters are the same; of a digest they do. Half a letter cannot be normalized, so it is replaced before.</summary>
    private static string KeyOf(SavedFilter filter, string name)
    {
        var said = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)).Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{filter.PersonId ?? filter.CommitteeId:N}\n{said}")));
    }
}

/// <summary>A filter was saved.</summary>
public sealed record FilterSaved(string Name, string Query) : DomainEvent;

/// <summary>A saved filter was removed.</summary>
public sealed record FilterRemoved(string Name) : DomainEvent;
