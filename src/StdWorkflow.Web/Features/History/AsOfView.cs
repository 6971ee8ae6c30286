using System.Globalization;
using Microsoft.Extensions.Localization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Deadlines;

namespace StdWorkflow.Web.Features.History;

/// <summary>What both pages that show something as it was hand to the view that they share.</summary>
/// <param name="Answer">What was found, or why not.</param>
/// <param name="Words">The texts of the subject's own pages.</param>
/// <param name="Page">Address of the page without its question.</param>
/// <param name="AtAsked">The first moment as it was asked for.</param>
/// <param name="AndAsked">The second.</param>
internal sealed record AsOfView(Result<Past> Answer, IStringLocalizer Words, string Page, string? AtAsked, string? AndAsked)
{
    private const int LongestEcho = 40;

    public Past? Past => Answer.IsOk ? Answer.Value : null;

    /// <summary>The fields of the form: name, what stands in it, and what is wrong with it.</summary>
    public IEnumerable<(string Name, string Key, string Value, Problem? Problem)> Fields =>
    [
        ("at", "At", Typed(AtAsked) ?? (Past is { } past ? Local(past.At.AtUtc, "yyyy-MM-dd HH:mm") : ""), ProblemOf("at")),
        ("and", "And", Typed(AndAsked) ?? "", ProblemOf("and")),
    ];

    public string Link(DateTime at, DateTime? and = null) => $"{Page}?at={AskedMoment.Write(at)}{(and is { } other ? $"&and={AskedMoment.Write(other)}" : "")}";

    /// <summary>The moment to the second, and finer where two that are compared lie within one.</summary>
    public string Moment(PastSide side, PastSide? other = null) =>
        Local(side.AtUtc, other is not null && Local(other.AtUtc, Second) == Local(side.AtUtc, Second) ? Exact : Second);

    private const string Second = "yyyy-MM-dd HH:mm:ss";
    private const string Exact = "yyyy-MM-dd HH:mm:ss.ffffff";

    private Problem? ProblemOf(string field) => Answer.Problems.FirstOrDefault(problem => problem.Field == field);

    // A link from the history names an instant of the whole world; the form speaks in the zone of the page.
    private static string? Typed(string? asked) =>
        string.IsNullOrWhiteSpace(asked) ? null
        : asked.EndsWith('Z') && DateTime.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var utc) ? Local(utc, Second)
        : asked.Length <= LongestEcho ? asked.Trim() : "";

    private static string Local(DateTime utc, string format) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(Instants.China)).ToString(format, CultureInfo.InvariantCulture);
}
