namespace StdWorkflow.Domain.Common;

/// <summary>Who did it.</summary>
public enum ActorKind
{
    /// <summary>A person who signed in.</summary>
    Person,

    /// <summary>Somebody from the public, without an account.</summary>
    Visitor,

    /// <summary>A background job.</summary>
    Job,

    /// <summary>A file import.</summary>
    Import,

    /// <summary>The starter data of the product.</summary>
    Starter,
}

/// <summary>Who did it: a person, a person on behalf of another, a visitor, a job, an import or the starter.</summary>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Person">The person, for <see cref="ActorKind.Person"/>.</param>
/// <param name="OnBehalfOf">The person in whose place it was done, or null.</param>
/// <param name="Name">Name of the job or import; null for persons, whose name is read when shown.</param>
public sealed record Actor(ActorKind Kind, Guid? Person = null, Guid? OnBehalfOf = null, string? Name = null)
{
    /// <summary>Somebody without an account.</summary>
    public static Actor Visitor { get; } = new(ActorKind.Visitor);

    /// <summary>The starter data of the product.</summary>
    public static Actor Starter { get; } = new(ActorKind.Starter);

    /// <summary>A signed-in person.</summary>
    public static Actor OfPerson(Guid person) => new(ActorKind.Person, person);

    /// <summary>A background job by its key.</summary>
    public static Actor Job(string key) => new(ActorKind.Job, Name: key);

    /// <summary>A file import by its kind.</summary>
    public static Actor Import(string kind) => new(ActorKind.Import, Name: kind);
}
