namespace StdWorkflow.Domain.Common;

/// <summary>Where a rule or fact comes from.</summary>
/// <param name="Reference">Source mark, for example <c>S07</c>, <c>B</c> (background), <c>C</c> (sources conflict) or <c>D</c> (derived).</param>
/// <param name="Verified">True when it was read in a source; false makes it a default that an administrator can change.</param>
public sealed record Source(string Reference, bool Verified);

/// <summary>Greatest lengths, in UTF-16 units, of what people type; the columns are as wide.</summary>
public static class Limits
{
    /// <summary>Codes, keys and slugs.</summary>
    public const int Code = 100;

    /// <summary>Names of people and organisations, references.</summary>
    public const int Name = 300;

    /// <summary>Titles.</summary>
    public const int Title = 1000;

    /// <summary>Reasons, remarks, scopes.</summary>
    public const int Text = 4000;

    /// <summary>Comments and proposed changes.</summary>
    public const int LongText = 20000;
}
