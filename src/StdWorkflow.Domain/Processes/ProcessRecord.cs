using StdWorkflow.Domain.Common;

namespace StdWorkflow.Domain.Processes;

/// <summary>A stored version of a process definition. Versions are added, never changed.</summary>
public sealed class ProcessRecord : Aggregate
{
    private ProcessRecord() { }

    /// <summary>Key of the process.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Version of the definition, counted from 1.</summary>
    public int DefinitionVersion { get; private set; }

    /// <summary>Name in both languages, as in the definition, for lists.</summary>
    public LocalizedText Name { get; private set; } = LocalizedText.Empty;

    /// <summary>True for the version that new tracks take.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>The definition, as written by the definition writer.</summary>
    public string Json { get; private set; } = "";

    /// <summary>Publishes a version; the caller retires the one before.</summary>
    public static ProcessRecord Publish(ProcessDefinition definition, string json)
    {
        var record = new ProcessRecord { Key = definition.Key, DefinitionVersion = definition.Version, Name = definition.Name, IsCurrent = true, Json = json };
        record.Raise(new ProcessPublished(definition.Key, definition.Version));
        return record;
    }

    /// <summary>A newer version takes new tracks from now on.</summary>
    public void Retire()
    {
        if (!IsCurrent) return;
        IsCurrent = false;
        Raise(new ProcessRetired(Key, DefinitionVersion));
    }
}

/// <summary>A version of a process was published.</summary>
public sealed record ProcessPublished(string Key, int DefinitionVersion) : DomainEvent;

/// <summary>A version of a process takes no new tracks.</summary>
public sealed record ProcessRetired(string Key, int DefinitionVersion) : DomainEvent;
