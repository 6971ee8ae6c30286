using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>Writes a process definition as JSON; the same definition always gives the same text, which the reader reads back.</summary>
public static class DefinitionWriter
{
    /// <summary>The text as it is stored, on one line.</summary>
    public static string Write(ProcessDefinition definition) => Write(definition, indented: false);

    /// <summary>The text as it stands in files, for people.</summary>
    public static string WriteIndented(ProcessDefinition definition) => Write(definition, indented: true) + "\n";

    private static string Write(ProcessDefinition definition, bool indented)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("key", definition.Key);
            json.WriteNumber("version", definition.Version);
            Words(json, "name", definition.Name);
            Words(json, "description", definition.Description);
            Sourced(json, definition.Source);
            if (!definition.Drives.SequenceEqual(ProcessDefinition.OnlyText))
            {
                json.WriteStartArray("drives");
                foreach (var kind in definition.Drives) json.WriteStringValue(kind.ToString());
                json.WriteEndArray();
            }

            List(json, "stages", definition.Stages, Stage);
            List(json, "transitions", definition.Transitions, Transition);
            List(json, "clocks", definition.Clocks, Clock);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Stage(Utf8JsonWriter json, Stage stage)
    {
        json.WriteString("key", stage.Key);
        json.WriteString("national", stage.NationalCode);
        json.WriteString("iso", stage.IsoCode?.ToString());
        Words(json, "name", stage.Name);
        json.WriteString("phase", stage.Phase.ToString());
        json.WriteString("ends", stage.Ends?.ToString());
        json.WriteBoolean("opensConsultation", stage.OpensConsultation);
        Sourced(json, stage.Source);
    }

    private static void Transition(Utf8JsonWriter json, Transition transition)
    {
        json.WriteString("key", transition.Key);
        json.WriteString("from", transition.From);
        json.WriteString("to", transition.To);
        json.WriteString("kind", transition.Kind.ToString());
        Words(json, "name", transition.Name);
        json.WriteString("needs", transition.Needs.ToString());
        Words(json, "waitsFor", transition.WaitsFor);
        List(json, "gates", transition.Gates, Gate);
        Sourced(json, transition.Source);
    }

    private static void Gate(Utf8JsonWriter json, Gate gate)
    {
        json.WriteString("key", gate.Key);
        json.WriteString("kind", gate.Kind.ToString());
        Words(json, "name", gate.Name);
        Words(json, "suppliedBy", gate.SuppliedBy);
    }

    private static void Clock(Utf8JsonWriter json, Clock clock)
    {
        json.WriteString("key", clock.Key);
        json.WriteStartArray("stages");
        foreach (var stage in clock.Stages) json.WriteStringValue(stage);
        json.WriteEndArray();
        json.WriteNumber("amount", clock.Amount);
        json.WriteString("unit", clock.Unit.ToString());
        json.WriteString("kind", clock.Kind.ToString());
        Words(json, "name", clock.Name);
        Sourced(json, clock.Source);
        if (clock.Conflict is null) json.WriteNull("conflict");
        else Words(json, "conflict", clock.Conflict);
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Words(Utf8JsonWriter json, string name, LocalizedText words)
    {
        json.WriteStartObject(name);
        json.WriteString("zh", words.Zh);
        json.WriteString("en", words.En);
        json.WriteEndObject();
    }

    private static void Sourced(Utf8JsonWriter json, Source source)
    {
        json.WriteString("source", source.Reference);
        json.WriteBoolean("verified", source.Verified);
    }
}
