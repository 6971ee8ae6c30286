namespace StdWorkflow.Data.Records;

/// <summary>The outcome of a command under the key its form or caller sent, so that sending it twice does it once.</summary>
public sealed class CommandReceipt
{
    public required string Key { get; init; }

    /// <summary>Who sent it, as text: two people may use the same key.</summary>
    public required string ActorKey { get; init; }

    public required string Command { get; init; }

    /// <summary>The stored result as JSON text.</summary>
    public required string Result { get; set; }

    public required DateTime At { get; init; }
}
