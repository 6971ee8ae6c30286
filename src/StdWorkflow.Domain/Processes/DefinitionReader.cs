using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Processes;

/// <summary>
/// Reads a process definition from JSON, strictly: every property must be there (but <c>drives</c>, which says what only some processes
/// need to say), none may be unknown or stand twice, words must be those of the enumerations. What is read is then looked at by
/// <see cref="DefinitionChecks"/>. Of what is stored already, properties that are unknown are passed over: while several nodes are brought up
/// to date one by one, an older one reads what a newer one has published.
/// </summary>
public static class DefinitionReader
{
    /// <summary>Longest JSON text, in UTF-16 units.</summary>
    public const int Longest = 1_000_000;

    /// <summary>
    /// The definition, or everything that is wrong with it. Problems of form are <c>definition.tooLong</c>, <c>definition.json</c>,
    /// <c>definition.missingProperty</c>, <c>definition.unknownProperty</c>, <c>definition.duplicateProperty</c>,
    /// <c>definition.wrongType</c> and <c>definition.unknownWord</c>, each with the path of the place.
    /// </summary>
    public static Result<ProcessDefinition> Read(string json) => Read(json, isStored: false);

    /// <summary>The definition that is stored as this text; the same problems but for <c>definition.unknownProperty</c>.</summary>
    public static Result<ProcessDefinition> ReadStored(string json) => Read(json, isStored: true);

    private static Result<ProcessDefinition> Read(string json, bool isStored)
    {
        if (json.Length > Longest) return Problem.Of("definition.tooLong", Longest, json.Length);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            var problems = new List<Problem>();
            var definition = Definition(new Part(document.RootElement, "$", problems, isStored));
            if (problems.Count == 0) problems.AddRange(DefinitionChecks.Check(definition));
            return problems.Count == 0 ? Result<ProcessDefinition>.Ok(definition) : Result<ProcessDefinition>.Fail(problems);
        }
        catch (JsonException wrong)
        {
            return Problem.Of("definition.json", (wrong.LineNumber ?? 0) + 1, (wrong.BytePositionInLine ?? 0) + 1);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            // Half of a surrogate pair, plain or escaped, only shows when the text is taken out.
            return Problem.Of("definition.json", 1, 1);
        }
    }

    private static ProcessDefinition Definition(Part part)
    {
        // Versions that are stored already do not say what they drive, and are never changed.
        part.Only(["drives"], "key", "version", "name", "description", "source", "verified", "stages", "transitions", "clocks");
        return new ProcessDefinition(
            part.Text("key"), part.Number("version"), part.Words("name"), part.Words("description"), part.Source(),
            part.List("stages", Stage), part.List("transitions", Transition), part.List("clocks", Clock))
        {
            Drives = part.Has("drives") ? part.List("drives", kind => kind.OwnWord<TrackKind>()) : ProcessDefinition.OnlyText,
        };
    }

    private static Stage Stage(Part part)
    {
        part.Only("key", "national", "iso", "name", "phase", "ends", "opensConsultation", "source", "verified");
        return new Stage(
            part.Text("key"), part.TextOrNull("national"), part.CodeOrNull("iso"), part.Words("name"), part.Word<Phase>("phase"),
            part.End("ends"), part.Flag("opensConsultation"), part.Source());
    }

    private static Transition Transition(Part part)
    {
        part.Only("key", "from", "to", "kind", "name", "needs", "waitsFor", "gates", "source", "verified");
        return new Transition(
            part.Text("key"), part.Text("from"), part.Text("to"), part.Word<TransitionKind>("kind"), part.Words("name"),
            part.Word<Permission>("needs"), part.Words("waitsFor"), part.List("gates", Gate), part.Source());
    }

    private static Gate Gate(Part part)
    {
        part.Only("key", "kind", "name", "suppliedBy");
        return new Gate(part.Text("key"), part.Word<GateKind>("kind"), part.Words("name"), part.Words("suppliedBy"));
    }

    private static Clock Clock(Part part)
    {
        part.Only("key", "stages", "amount", "unit", "kind", "name", "source", "verified", "conflict");
        return new Clock(
            part.Text("key"), part.List("stages", stage => stage.Own()), part.Number("amount"), part.Word<ClockUnit>("unit"),
            part.Word<ClockKind>("kind"), part.Words("name"), part.Source(), part.WordsOrNull("conflict"));
    }

    /// <summary>One JSON value with its path. Goes on after a problem, with a stand-in that nobody sees.</summary>
    private sealed class Part(JsonElement element, string path, List<Problem> problems, bool isStored)
    {
        public void Only(params string[] names) => Only([], names);

        public void Only(string[] mayLack, params string[] names)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                Wrong(path, "object");
                return;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in element.EnumerateObject())
            {
                var at = $"{path}.{property.Name}";
                if (!seen.Add(property.Name)) problems.Add(Problem.Of("definition.duplicateProperty", at));
                else if (!isStored && !names.Contains(property.Name, StringComparer.Ordinal) && !mayLack.Contains(property.Name, StringComparer.Ordinal)) problems.Add(Problem.Of("definition.unknownProperty", at));
            }

            problems.AddRange(names.Where(name => !seen.Contains(name)).Select(name => Problem.Of("definition.missingProperty", $"{path}.{name}")));
        }

        public string Own()
        {
            if (element.ValueKind == JsonValueKind.String) return element.GetString()!;
            Wrong(path, "text");
            return "";
        }

        public string Text(string name) => Find(name, out var value) ? new Part(value, At(name), problems, isStored).Own() : "";

        public string? TextOrNull(string name) => IsNull(name) ? null : Text(name);

        public int Number(string name)
        {
            if (!Find(name, out var value)) return 0;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)) return number;
            Wrong(At(name), "integer");
            return 0;
        }

        public bool Flag(string name)
        {
            if (!Find(name, out var value)) return false;
            if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
            Wrong(At(name), "boolean");
            return false;
        }

        public LocalizedText Words(string name)
        {
            if (!Find(name, out var value)) return LocalizedText.Empty;
            var words = new Part(value, At(name), problems, isStored);
            words.Only("zh", "en");
            return new LocalizedText(words.TextOrNull("zh"), words.TextOrNull("en"));
        }

        public LocalizedText? WordsOrNull(string name) => IsNull(name) ? null : Words(name);

        public Source Source() => new(Text("source"), Flag("verified"));

        public bool Has(string name) => Find(name, out _);

        public T Word<T>(string name) where T : struct, Enum => Find(name, out var value) ? new Part(value, At(name), problems, isStored).OwnWord<T>() : default;

        public T OwnWord<T>() where T : struct, Enum
        {
            var text = Own();

            // Enum.Parse would take numbers and lists as well.
            if (Enum.GetNames<T>().Contains(text, StringComparer.Ordinal)) return Enum.Parse<T>(text);
            if (element.ValueKind == JsonValueKind.String) problems.Add(Problem.Of("definition.unknownWord", path, text));
            return default;
        }

        public T? WordOrNull<T>(string name) where T : struct, Enum => IsNull(name) ? null : Word<T>(name);

        /// <summary>Only the ends to which a stage can lead; the others come from outside the process.</summary>
        public TrackEnd? End(string name)
        {
            var end = WordOrNull<TrackEnd>(name);
            if (end is null or TrackEnd.Finished or TrackEnd.Abandoned) return end;
            problems.Add(Problem.Of("definition.unknownWord", At(name), Text(name)));
            return null;
        }

        public StageCode? CodeOrNull(string name)
        {
            if (IsNull(name)) return null;
            var code = StageCode.Parse(Text(name));
            if (code.IsOk) return code.Value;
            if (Find(name, out _)) problems.Add(Problem.Of("definition.unknownWord", At(name), Text(name)));
            return null;
        }

        public IReadOnlyList<T> List<T>(string name, Func<Part, T> read)
        {
            if (!Find(name, out var value)) return [];
            if (value.ValueKind != JsonValueKind.Array)
            {
                Wrong(At(name), "list");
                return [];
            }

            return [.. value.EnumerateArray().Select((item, index) => read(new Part(item, string.Create(CultureInfo.InvariantCulture, $"{At(name)}[{index}]"), problems, isStored)))];
        }

        private string At(string name) => $"{path}.{name}";

        private bool IsNull(string name) => Find(name, out var value) && value.ValueKind == JsonValueKind.Null;

        private bool Find(string name, [NotNullWhen(true)] out JsonElement value)
        {
            value = default;
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
        }

        private void Wrong(string at, string expected) => problems.Add(Problem.Of("definition.wrongType", at, expected));
    }
}
