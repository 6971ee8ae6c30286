using System.Globalization;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Deadlines;

/// <summary>Who is reminded of which kind of deadline, how many days before or after. Versioned data.</summary>
public sealed class ReminderRule : Aggregate
{
    private ReminderRule() { }

    /// <summary>Slug of the rule.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Counts from 1.</summary>
    public int RuleVersion { get; private set; }

    /// <summary>Name in both languages; the mail names it as its cause.</summary>
    public LocalizedText Name { get; private set; } = LocalizedText.Empty;

    /// <summary>Names of <see cref="ClockKind"/>, joined by commas.</summary>
    public string DeadlineKindNames { get; private set; } = "";

    /// <summary>Days relative to the last day, joined by commas: -15 is fifteen days before, 1 the day after.</summary>
    public string OffsetDays { get; private set; } = "";

    /// <summary>Keys of positions, or <c>leader</c>, joined by commas.</summary>
    public string RecipientKeys { get; private set; } = "";

    /// <summary>Source mark.</summary>
    public string SourceReference { get; private set; } = "";

    /// <summary>True when the source was read.</summary>
    public bool SourceVerified { get; private set; }

    /// <summary>False once a later version took its place.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>The kinds of deadline.</summary>
    public IReadOnlyList<ClockKind> DeadlineKinds => [.. Split(DeadlineKindNames).Select(Enum.Parse<ClockKind>)];

    /// <summary>The offsets in days, ascending.</summary>
    public IReadOnlyList<int> Offsets => [.. Split(OffsetDays).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Order()];

    /// <summary>Positions, or <c>leader</c>.</summary>
    public IReadOnlyList<string> Recipients => Split(RecipientKeys);

    /// <summary>Makes a version of a rule.</summary>
    public static ReminderRule Make(
        string key, int version, LocalizedText name, IEnumerable<ClockKind> kinds, IEnumerable<int> offsets, IEnumerable<string> recipients, Source source)
    {
        var rule = new ReminderRule
        {
            Key = key,
            RuleVersion = version,
            Name = name,
            DeadlineKindNames = string.Join(',', kinds),
            OffsetDays = string.Join(',', offsets.Select(days => days.ToString(CultureInfo.InvariantCulture))),
            RecipientKeys = string.Join(',', recipients),
            SourceReference = source.Reference,
            SourceVerified = source.Verified,
            IsCurrent = true,
        };
        rule.Raise(new ReminderRuleMade(key, version));
        return rule;
    }

    /// <summary>
    /// The offset whose day has come for a deadline: the latest one, so that a job that runs late sends one mail and not three.
    /// Null when none has come yet.
    /// </summary>
    public int? DueOffset(DateOnly lastDay, DateOnly today) =>
        Offsets.Where(days => lastDay.AddDays(days) <= today).Select(days => (int?)days).LastOrDefault();

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A version of a reminder rule was made.</summary>
public sealed record ReminderRuleMade(string Key, int RuleVersion) : DomainEvent;
