using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>A harmonized stage code.</summary>
public readonly record struct StageCode(int Stage, int Substage);

/// <summary>计划号.</summary>
public sealed record PlanNumber(string Text)
{
    /// <summary>Reads a plan number.</summary>
    public static Result<PlanNumber> Parse(string? text) => throw new NotSupportedException(text);
}

/// <summary>标准编号.</summary>
public sealed record StandardNumber(string Text)
{
    /// <summary>Reads a standard number.</summary>
    public static Result<StandardNumber> Parse(string? text) => throw new NotSupportedException(text);
}

/// <summary>ISO/IEC reference.</summary>
public sealed record IsoReference(string Text)
{
    /// <summary>Reads a reference.</summary>
    public static Result<IsoReference> Parse(string? text) => throw new NotSupportedException(text);
}
