using System.Text.RegularExpressions;
using System.Xml.Linq;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Testing;

namespace StdWorkflow.Web.Tests.Localization;

/// <summary>The texts as files: what no page can show, because it would be missing there.</summary>
public partial class TextsTests
{
    private static readonly string Source = Repository.PathTo("src");

    private static readonly IReadOnlyList<Texts> All =
    [
        .. Directory.EnumerateFiles(Source, "*.resx", SearchOption.AllDirectories)
            .Where(IsOurs)
            .Where(file => !file.EndsWith(".en.resx", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => new Texts(Path.GetFileNameWithoutExtension(file), Read(file), Read(Path.ChangeExtension(file, ".en.resx")))),
    ];

    private static readonly IReadOnlyList<(string File, string Text)> Code =
    [
        .. Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(IsOurs)
            .Select(file => (Path.GetRelativePath(Source, file), File.ReadAllText(file))),
    ];

    private static readonly string AllCode = string.Join('\n', Code.Select(file => file.Text));

    private static readonly ILookup<string, Type> Enums = new[] { typeof(DomainEvent).Assembly, typeof(AppDbContext).Assembly, typeof(Program).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsEnum)
        .ToLookup(type => type.Name);

    private static readonly IReadOnlyList<string> Events =
        [.. typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract).Select(type => type.Name)];

    /// <summary>Words after a value that are not what it counts.</summary>
    private static readonly HashSet<string> notCounted = ["already", "and", "as", "asks", "belongs", "carries", "changed", "follows", "has", "holds", "is", "lies", "of", "stands", "was"];

    [Fact]
    public void Every_text_stands_in_both_languages()
    {
        Convention.Holds(All,
            from texts in All
            from key in texts.Chinese.Keys.Concat(texts.English.Keys).Distinct()
            where string.IsNullOrWhiteSpace(texts.Chinese.GetValueOrDefault(key)) || string.IsNullOrWhiteSpace(texts.English.GetValueOrDefault(key))
            select $"{texts.Owner}: {key}");
    }

    [Fact]
    public void No_English_text_holds_Chinese_and_no_Chinese_text_is_English()
    {
        var english = All.SelectMany(texts => texts.English).ToList();
        Convention.Holds(english, english.Where(text => Chinese().IsMatch(text.Value)).Select(text => text.Key));
        Convention.Holds(All,
            from texts in All
            from text in texts.Chinese
            where !Chinese().IsMatch(text.Value) && EnglishWords().Count(Placeholder().Replace(text.Value, "")) > 2
            select $"{texts.Owner}: {text.Key}");
    }

    [Fact]
    public void Both_languages_mention_the_same_values()
    {
        var keys = All.SelectMany(texts => texts.Chinese.Keys.Intersect(texts.English.Keys).Select(key => (Texts: texts, Key: key))).ToList();
        Convention.Holds(keys,
            from one in keys
            where !ValuesIn(one.Texts.Chinese[one.Key]).SetEquals(ValuesIn(one.Texts.English[one.Key]))
            select $"{one.Texts.Owner}: {one.Key}");
    }

    [Fact]
    public void What_an_English_text_counts_has_its_singular()
    {
        var english = All.SelectMany(texts => texts.English.Select(text => (texts.Owner, text.Key, text.Value))).ToList();
        Convention.Holds(english.Where(text => PluralForm().IsMatch(text.Value)).ToList(),
            from text in english
            from Match counted in Counted().Matches(text.Value)
            where !notCounted.Contains(counted.Groups["between"].Value) && !notCounted.Contains(counted.Groups["word"].Value)
            select $"{text.Owner}: {text.Key}: write {{0}} {{0:thing|things}} for “{counted.Value}”");
        Convention.Holds(english.Where(text => PluralForm().IsMatch(text.Value)).ToList(),
            from text in english
            from Match form in PluralForm().Matches(text.Value)
            where form.Groups["one"].Value == form.Groups["many"].Value || form.Groups["one"].Length == 0 || form.Groups["many"].Length == 0
            select $"{text.Owner}: {text.Key}: {form.Value}");
    }

    [Theory]
    [InlineData(0, "cancel 0 mails; 0 items were")]
    [InlineData(1, "cancel 1 mail; 1 item was")]
    [InlineData(2L, "cancel 2 mails; 2 items were")]
    public void A_text_says_one_of_a_thing_as_one(object count, string said) =>
        Assert.Equal(said, StdWorkflow.Web.Localization.Sentence.Of("cancel {0} {0:mail|mails}; {0} {0:item was|items were}", count));

    [Fact]
    public void Every_text_is_used_somewhere()
    {
        var keys = All.SelectMany(texts => texts.Chinese.Keys.Select(key => (texts.Owner, Key: key))).ToList();
        Convention.Holds(keys, keys.Where(one => !IsUsed(one.Key)).Select(one => $"{one.Owner}: {one.Key}"));
    }

    [Fact]
    public void Every_text_that_a_page_or_class_asks_for_is_there()
    {
        var asked = Code.SelectMany(file => Asked(file.File, file.Text)).ToList();
        Convention.Holds(asked,
            from one in asked
            let texts = All.SingleOrDefault(texts => texts.Owner == one.Owner)
            where texts?.Chinese.ContainsKey(one.Key) != true
            select $"{one.File} asks {one.Owner} for {one.Key}");
    }

    [Fact]
    public void No_key_stands_with_two_features()
    {
        // Problems, events and words of enums are looked up over all features, so that the first one found would win.
        var shared = All.SelectMany(texts => texts.Chinese.Keys).Where(key => key.Contains('.', StringComparison.Ordinal)).ToList();
        Convention.Holds(shared, shared.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_event_has_its_sentence()
    {
        Convention.Holds(Events, Events.Where(name => !Has($"event.{name}")));
    }

    [Fact]
    public void Every_problem_has_its_sentence()
    {
        // Process definitions come with the program: only its developers ever read what is wrong with one.
        var codes = ProblemCode().Matches(AllCode).Select(match => match.Groups["code"].Value).Distinct()
            .Where(code => !code.StartsWith("definition.", StringComparison.Ordinal)).ToList();
        Convention.Holds(codes, codes.Where(code => !Has($"problem.{code}")));
    }

    private static bool Has(string key) => All.Any(texts => texts.Chinese.ContainsKey(key));

    private static bool IsUsed(string key)
    {
        var parts = key.Split('.');
        if (parts.Length == 2 && Enums.Contains(parts[0])) return Enums[parts[0]].Any(type => Enum.IsDefined(type, parts[1]));
        if (parts[0] == "event") return Events.Contains(parts[^1]);
        if (IsLiteral(key) || (parts.Length > 1 && parts[0] == "problem" && IsLiteral(key["problem.".Length..]))) return true;

        // A key put together: $"status.{code}" uses status.404, and Say(nameof(X)) uses identity.X.
        return Enumerable.Range(1, parts.Length - 1).Any(length => AllCode.Contains($"$\"{string.Join('.', parts[..length])}.{{", StringComparison.Ordinal))
            && (parts[0] != "identity" || AllCode.Contains($"nameof({parts[^1]})", StringComparison.Ordinal));
    }

    private static bool IsLiteral(string key) => AllCode.Contains($"\"{key}\"", StringComparison.Ordinal);

    private static IEnumerable<(string File, string Owner, string Key)> Asked(string file, string text)
    {
        var owners = OwnersIn(text);
        // A view has what its folders import, the nearest first.
        for (var folder = file.EndsWith(".cshtml", StringComparison.Ordinal) ? Path.GetDirectoryName(file) : null; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            var imports = Path.Combine(folder, "_ViewImports.cshtml");
            owners.AddRange(OwnersIn(Code.FirstOrDefault(other => other.File == imports).Text ?? "").Where(owner => owners.All(nearer => nearer.Name != owner.Name)));
        }
        return
            from owner in owners.Distinct()
            from Match use in Regex.Matches(text, $@"(?<![\w.]){Regex.Escape(owner.Name)}\[""(?<key>[^""{{}}]+)""[,\]]")
            select (file, owner.Owner, use.Groups["key"].Value);
    }

    private static List<(string Name, string Owner)> OwnersIn(string text) =>
        [.. Localizer().Matches(text).Select(match => (match.Groups["name"].Value, match.Groups["owner"].Value.Split('.')[^1]))];

    private static bool IsOurs(string file) =>
        !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static Dictionary<string, string> Read(string file) => !File.Exists(file) ? [] :
        XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")?.Value ?? "");

    private static HashSet<string> ValuesIn(string? text) => [.. Placeholder().Matches(text ?? "").Select(match => match.Groups["number"].Value)];

    [GeneratedRegex(@"\{(?<number>\d+)(:[^}]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{\d+:(?<one>[^|{}]*)\|(?<many>[^|{}]*)\}")]
    private static partial Regex PluralForm();

    [GeneratedRegex(@"\{\d+\} (?:(?<between>[a-z]+) )?(?<word>people|[a-z]+s)\b")]
    private static partial Regex Counted();

    [GeneratedRegex(@"[\u3000-\u303F\u3400-\u9FFF\uFF00-\uFFEF]")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\b[a-z]{2,}\b")]
    private static partial Regex EnglishWords();

    [GeneratedRegex(@"IStringLocalizer<(?<owner>[\w.]+)>\s+(?<name>\w+)")]
    private static partial Regex Localizer();

    [GeneratedRegex(@"Problem\.(?:Of\(\s*|On\([^;""]*?,\s*)""(?<code>[\w.]+)""")]
    private static partial Regex ProblemCode();

    private sealed record Texts(string Owner, Dictionary<string, string> Chinese, Dictionary<string, string> English);
}
