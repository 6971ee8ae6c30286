using System.Globalization;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>A harmonized stage code, for example 40.20. <see cref="StageMatrix"/> tells which ones exist.</summary>
/// <param name="Stage">The stage, 0 to 99.</param>
/// <param name="Substage">The sub-stage, 0 to 99.</param>
public readonly record struct StageCode(int Stage, int Substage)
{
    /// <summary>What <see cref="FromIso"/> answers for a row that holds a sub-stage without its stage.</summary>
    public const string OnlySubstageCode = "stageCode.onlySubstage";

    /// <summary>The code without the dot, as ISO's open data hold it: 4020.</summary>
    public int Iso => Stage * 100 + Substage;

    /// <summary>
    /// Reads <c>40.20</c>. Refuses with <c>stageCode.pattern</c>. Whether the code exists is for <see cref="StageMatrix"/> to say.
    /// </summary>
    public static Result<StageCode> Parse(string? text)
    {
        if (text is not { Length: <= 20 }) return Problem.Of("stageCode.pattern", text?[..20]);
        var plain = text.AsSpan().Trim();
        return plain.Length == 5 && plain[2] == '.' && TwoDigits(plain[..2], out var stage) && TwoDigits(plain[3..], out var substage)
            ? new StageCode(stage, substage)
            : Problem.Of("stageCode.pattern", text);
    }

    /// <summary>
    /// Reads ISO's integer form, 4020. Old rows hold only a sub-stage (98): that is answered with <see cref="OnlySubstageCode"/>,
    /// because the stage cannot be told from it, and 00.98 would be a guess. Zero is 00.00. Anything else is
    /// <c>stageCode.pattern</c>.
    /// </summary>
    public static Result<StageCode> FromIso(long value) => value switch
    {
        0 => new StageCode(0, 0),
        > 0 and < 100 => Problem.Of(OnlySubstageCode, value),
        >= 100 and <= 9999 => new StageCode((int)value / 100, (int)value % 100),
        _ => Problem.Of("stageCode.pattern", value),
    };

    /// <summary>The code with its dot; texts sort as the codes do.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stage:D2}.{Substage:D2}");

    private static bool TwoDigits(ReadOnlySpan<char> text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
