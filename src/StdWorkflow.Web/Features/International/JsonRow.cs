using System.Globalization;
using System.Text.Json;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Features.International;

/// <summary>
/// Reads the fields of one JSON object as what they must be. What is not there, null or blank is "not said"; what is of another type
/// is a problem, for a number that became a text is a change of the format that nobody told us of.
/// </summary>
internal sealed class JsonRow
{
    private const int Deepest = 32;

    private static readonly JsonDocumentOptions options = new() { AllowDuplicateProperties = false, MaxDepth = Deepest };
    private static readonly JsonDocumentOptions lenient = new() { MaxDepth = Deepest };

    private readonly JsonElement row;

    private JsonRow(JsonElement row) => this.row = row;

    public List<Problem> Problems { get; } = [];

    /// <summary>Reads a line as a row and turns it into something; answers every problem that it has.</summary>
    public static Result<T> Read<T>(FileLine line, Func<JsonRow, T> read)
    {
        if (line.Problem is { } unreadable) return unreadable;
        try
        {
            using var document = JsonDocument.Parse(line.Text, options);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Problem.Of("import.notAnObject");
            var row = new JsonRow(document.RootElement);
            var value = read(row);
            return row.Problems.Count > 0 ? Result<T>.Fail(row.Problems) : value;
        }
        catch (JsonException broken)
        {
            return IsJson(line.Text) ? Problem.Of("import.fieldTwice") : Problem.Of("import.notJson", (broken.BytePositionInLine ?? 0) + 1, Deepest);
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, lenient);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A text, trimmed.</summary>
    public string? Text(string name, int longest) => TextIn(row, name, name, longest);

    /// <summary>A text inside an object, for example <c>title.en</c>.</summary>
    public string? Text(string name, string inside, int longest) =>
        Find(row, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? TextIn(value, inside, $"{name}.{inside}", longest)
        : Wrong<string>("import.notAnObjectIn", name, value);

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name, int longest) => Text(name, longest) ?? (IsWrong(name) ? "" : Missing(name, ""));

    /// <summary>A whole number from 0.</summary>
    public int? Whole(string name) =>
        Find(row, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number
        : Wrong<int?>("import.notAWholeNumber", name, value);

    /// <summary>A whole number from 1 that must be there: what everything is keyed on.</summary>
    public int Key(string name)
    {
        var number = Whole(name);
        return number switch
        {
            null => IsWrong(name) ? 0 : Missing(name, 0),
            0 => Wrong<int>("import.notAWholeNumber", name, row.GetProperty(name)),
            _ => number.Value,
        };
    }

    /// <summary>A list of texts or whole numbers, joined by a comma and a blank; an empty list says nothing.</summary>
    public string? List(string name, int longest)
    {
        if (Find(row, name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array) return Wrong<string>("import.notAList", name, value);
        var parts = new List<string>();
        foreach (var part in value.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.Number && part.TryGetInt64(out var number)) parts.Add(number.ToString(CultureInfo.InvariantCulture));
            else if (part.ValueKind == JsonValueKind.String && TextOf(part, name, longest) is { } text) parts.Add(text);
            else return Wrong<string>("import.notAList", name, part);
        }

        var joined = string.Join(", ", parts);
        if (joined.Length > longest) return Missing<string?>(name, null, Problem.On(name, "import.tooLong", name, longest));
        return parts.Count == 0 ? null : joined;
    }

    /// <summary>How many things a list holds.</summary>
    public int? Count(string name) =>
        Find(row, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array ? value.GetArrayLength()
        : Wrong<int?>("import.notAList", name, value);

    /// <summary>A date, <c>YYYY-MM-DD</c>.</summary>
    public DateOnly? Date(string name)
    {
        if (Text(name, 40) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Problems.Add(Problem.On(name, "import.notADate", name, text));
        return null;
    }

    private string? TextIn(JsonElement owner, string name, string path, int longest) =>
        Find(owner, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? TextOf(value, path, longest)
        : Wrong<string>("import.notAText", path, value);

    private string? TextOf(JsonElement value, string path, int longest)
    {
        string text;
        try
        {
            text = FieldText.OnOneLine(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            return Missing<string?>(path, null, Problem.On(path, "import.characters", path));
        }

        var problem = FieldText.Check(path, text, longest);
        if (problem is not null) Problems.Add(problem);
        return problem is not null || text.Length == 0 ? null : text;
    }

    private static JsonElement? Find(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private bool IsWrong(string name) => Problems.Exists(problem => problem.Field == name);

    private T Missing<T>(string name, T nothing, Problem? problem = null)
    {
        Problems.Add(problem ?? Problem.On(name, "import.missing", name));
        return nothing;
    }

    private T? Wrong<T>(string code, string name, JsonElement found)
    {
        var text = found.GetRawText();
        Problems.Add(Problem.On(name, code, name, text.Length <= 60 ? text : text[..60] + "…"));
        return default;
    }
}

/// <summary>What a text from a file must keep to, whatever the format.</summary>
internal static class FieldText
{
    public static Problem? Check(string field, string text, int longest) =>
        text.Length > longest ? Problem.On(field, "import.tooLong", field, longest)
        : OneLine.Check(field, text) is not null ? Problem.On(field, "import.characters", field)
        : null;

    /// <summary>The text on one line: the files break titles where their tables are narrow.</summary>
    public static string OnOneLine(string text) => text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ').Trim();
}
