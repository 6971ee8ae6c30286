using System.Globalization;
using System.Text;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>A supplement of an international standard: an amendment, a corrigendum, an addendum.</summary>
/// <param name="Kind"><c>Amd</c>, <c>Cor</c>, <c>Add</c> or <c>Suppl</c>.</param>
/// <param name="Stage">Abbreviation of its own stage, for example <c>CD</c> or <c>DAM</c>; null when it carries none.</param>
/// <param name="Number">Its number.</param>
/// <param name="Ballot">Which ballot of the same stage, from 2; null for the first.</param>
/// <param name="Year">Year of publication, or null.</param>
public sealed record IsoSupplement(string Kind, string? Stage, int Number, int? Ballot, int? Year);

/// <summary>
/// The reference of an international project or standard, for example <c>ISO/IEC 42001:2023</c>, <c>ISO/IEC CD TS 22443.2</c> or
/// <c>ISO/IEC 22989:2022/AWI Amd 1</c>. It changes while the work goes on; the body's own number does not.
/// </summary>
public sealed record IsoReference
{
    private const int Longest = 150;
    private const int MostParts = 6;
    private const int MostSupplements = 4;

    private static readonly string[] publishers = ["ISO", "IEC", "IEEE", "CIE", "ASTM", "OECD", "IDF", "OIML", "SAE", "CISPR"];
    private static readonly string[] types = ["TR", "TS", "PAS", "ISP", "R", "Guide", "IWA", "TTA"];
    private static readonly string[] stages = ["PWI", "NP", "NWIP", "AWI", "WD", "PreCD", "CD", "CDV", "FCD", "DIS", "FDIS", "PRF"];

    // The abbreviation of a draft that also says what the document will be.
    private static readonly Dictionary<string, string> typedStages = new(StringComparer.Ordinal)
    {
        ["DTS"] = "TS",
        ["FDTS"] = "TS",
        ["PDTS"] = "TS",
        ["DTR"] = "TR",
        ["FDTR"] = "TR",
        ["PDTR"] = "TR",
        ["DPAS"] = "PAS",
        ["DISP"] = "ISP",
        ["FDISP"] = "ISP",
        ["PDISP"] = "ISP",
        ["DGuide"] = "Guide",
    };

    private static readonly string[] supplementKinds = ["Amd", "Cor", "Add", "Suppl"];

    private static readonly Dictionary<string, string> stagedSupplements = new(StringComparer.Ordinal)
    {
        ["DAM"] = "Amd",
        ["FDAM"] = "Amd",
        ["PDAM"] = "Amd",
        ["FPDAM"] = "Amd",
        ["DAmd"] = "Amd",
        ["FDAmd"] = "Amd",
        ["PDAmd"] = "Amd",
        ["DCOR"] = "Cor",
        ["FDCOR"] = "Cor",
    };

    private IsoReference(string text, string body, string? stage, string type, int number, IReadOnlyList<string> parts, int? ballot, int? year, IReadOnlyList<IsoSupplement> supplements)
    {
        (Text, Body, Stage, Type, Number, Parts, Ballot, Year, Supplements) = (text, body, stage, type, number, parts, ballot, year, supplements);
        Document = $"{body}{(type == "IS" ? "" : body.Contains('/', StringComparison.Ordinal) ? " " + type : "/" + type)} {string.Join('-', parts.Prepend(number.ToString(CultureInfo.InvariantCulture)))}";
        SortKey = SortKeyOf();
    }

    /// <summary>The reference as it is written.</summary>
    public string Text { get; }

    /// <summary>Who publishes it, for example <c>ISO/IEC</c>.</summary>
    public string Body { get; }

    /// <summary>Abbreviation of the stage of the main document, for example <c>DIS</c>; null when it carries none.</summary>
    public string? Stage { get; }

    /// <summary>Kind of document: <c>IS</c>, <c>TR</c>, <c>TS</c>, <c>PAS</c>, <c>ISP</c>, <c>R</c>, <c>Guide</c>, <c>IWA</c>, <c>TTA</c>.</summary>
    public string Type { get; }

    /// <summary>The number.</summary>
    public int Number { get; }

    /// <summary>Parts and parts of parts, as written: <c>5</c>, <c>1Q</c>.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Which ballot of the same stage, from 2 (<c>DTS 12791.2</c>); null for the first.</summary>
    public int? Ballot { get; }

    /// <summary>Year of publication, or null while it is not published.</summary>
    public int? Year { get; }

    /// <summary>Amendments and corrigenda, outermost first.</summary>
    public IReadOnlyList<IsoSupplement> Supplements { get; }

    /// <summary>The document without stage, ballot, year and supplements: what stays the same while the reference changes.</summary>
    public string Document { get; }

    /// <summary>Sorts by number, part, body and year when compared ordinally.</summary>
    public string SortKey { get; }

    /// <summary>
    /// Reads a reference. Refuses with <c>isoReference.missing</c>, <c>isoReference.tooLong</c> or <c>isoReference.pattern</c>,
    /// which names the place that was not understood.
    /// </summary>
    public static Result<IsoReference> Parse(string? text) =>
        TypedText.Plain(text, "isoReference.missing", "isoReference.tooLong", Longest).Bind(plain => new Reading(plain).Read());

    /// <summary>The reference as it is written.</summary>
    public override string ToString() => Text;

    /// <summary>Two references are the same when they are written the same.</summary>
    public bool Equals(IsoReference? other) => other is not null && Text == other.Text;

    /// <summary>Follows the text.</summary>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private string SortKeyOf()
    {
        var key = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Number:D7}");
        foreach (var part in Parts)
        {
            var digits = part.TakeWhile(char.IsAsciiDigit).Count();
            key.Append('-').Append(part[..digits].PadLeft(5, '0')).Append(part[digits..]);
        }
        key.Append(CultureInfo.InvariantCulture, $" {Body} {Type} {Year ?? 9999:D4}");
        foreach (var supplement in Supplements) key.Append(CultureInfo.InvariantCulture, $" {supplement.Kind}{supplement.Number:D4}");
        return key.ToString();
    }

    /// <summary>One pass from left to right; nothing is looked at twice.</summary>
    private sealed class Reading(string text)
    {
        private readonly StringBuilder canonical = new();
        private char separator;
        private int at;

        public Result<IsoReference> Read()
        {
            var body = new List<string>();
            string? stage = null, type = null;
            for (var word = Word(); word.Length > 0; word = Word())
            {
                var before = separator;
                if (stage is null && type is null && Known(publishers, word) is { } publisher)
                {
                    if (body.Count > 0) canonical.Append('/');
                    body.Add(Write(publisher));
                }
                else
                {
                    if (body.Count == 0 || type is not null) return Refused();
                    canonical.Append(before);
                    if (Known(types, word) is { } knownType) type = Write(knownType);
                    else if (stage is not null) return Refused();
                    else if (Known(stages, word) is { } knownStage) stage = Write(knownStage);
                    else if (Known(typedStages, word) is { } typedStage) (stage, type) = (Write(typedStage), typedStages[typedStage]);
                    else return Refused();
                }
                if (!Separator()) return Refused();
            }
            if (body.Count is 0 or > 3 || body[0] is not ("ISO" or "IEC") || separator != ' ') return Refused();

            canonical.Append(' ');
            if (Digits(7) is not { } number) return Refused();
            var parts = new List<string>();
            while (Take('-'))
            {
                var part = Part();
                if (part.Length == 0 || parts.Count == MostParts) return Refused();
                canonical.Append('-').Append(part);
                parts.Add(part);
            }
            if (!BallotAndYear(out var ballot, out var year)) return Refused();

            var supplements = new List<IsoSupplement>();
            while (Take('/'))
            {
                if (supplements.Count == MostSupplements || Supplement() is not { } supplement) return Refused();
                supplements.Add(supplement);
            }
            if (!LanguageMark() || at != text.Length) return Refused();
            return Result<IsoReference>.Ok(new IsoReference(canonical.ToString(), string.Join('/', body), stage, type ?? "IS", number, parts, ballot, year, supplements));
        }

        private Result<IsoReference> Refused() => Problem.Of("isoReference.pattern", text, text[Math.Min(at, text.Length)..]);

        private string Write(string word)
        {
            canonical.Append(word);
            return word;
        }

        private static string? Known(string[] words, string word) => Array.Find(words, known => string.Equals(known, word, StringComparison.OrdinalIgnoreCase));

        private static string? Known(Dictionary<string, string> words, string word) => Known([.. words.Keys], word);

        // A number may follow without a space.
        private bool Separator()
        {
            if (at >= text.Length) return false;
            if (char.IsAsciiDigit(text[at])) separator = ' ';
            else if (text[at] is ' ' or '/') separator = text[at++];
            else return false;
            return true;
        }

        private bool Take(char wanted)
        {
            if (at >= text.Length || text[at] != wanted) return false;
            at++;
            return true;
        }

        private string Word()
        {
            var start = at;
            while (at < text.Length && char.IsAsciiLetter(text[at])) at++;
            return text[start..at];
        }

        private string Part()
        {
            var start = at;
            while (at < text.Length && at - start < 8 && char.IsAsciiLetterOrDigit(text[at])) at++;
            return text[start..at].ToUpperInvariant();
        }

        private int? Digits(int most)
        {
            var start = at;
            while (at < text.Length && at - start < most && char.IsAsciiDigit(text[at])) at++;
            if (at == start) return null;
            canonical.Append(text, start, at - start);
            return int.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
        }

        private bool BallotAndYear(out int? ballot, out int? year)
        {
            ballot = year = null;
            if (Take('.'))
            {
                canonical.Append('.');
                if ((ballot = Digits(2)) is null) return false;
            }
            if (!Take(':')) return true;
            canonical.Append(':');
            if ((year = Digits(4)) is not (>= 1900 and <= 2099)) return false;

            // Some bodies write the month too.
            if (!Take('-')) return true;
            canonical.Append('-');
            return Digits(2) is >= 1 and <= 12;
        }

        private IsoSupplement? Supplement()
        {
            string? stage = null, kind = null;
            canonical.Append('/');
            while (kind is null)
            {
                var word = Word();
                if (Known(supplementKinds, word) is { } plain) kind = Write(plain);
                else if (stage is not null) return null;
                else if (Known(stagedSupplements, word) is { } staged) (stage, kind) = (Write(staged), stagedSupplements[staged]);
                else if (Known(stages, word) is { } known) stage = Write(known);
                else return null;
                if (!Take(' ')) return null;
                canonical.Append(' ');
            }
            if (Digits(4) is not { } number || !BallotAndYear(out var ballot, out var year)) return null;
            return new IsoSupplement(kind, stage, number, ballot, year);
        }

        // "(E)", "(en)", "(E/F)": the edition's language, which is not part of the reference.
        private bool LanguageMark()
        {
            if (!Take('(')) return true;
            var start = at;
            while (at < text.Length && at - start < 8 && (char.IsAsciiLetter(text[at]) || text[at] == '/')) at++;
            return at > start && Take(')');
        }
    }
}
