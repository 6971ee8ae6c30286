using System.Diagnostics;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Pipeline;

/// <summary>Who acts in this scope, and by which command. The pipeline sets it; every event then says so.</summary>
internal sealed class Acting : IWhoActs
{
    private Actor? actor;
    private string? command;

    /// <summary>True inside a command: then nothing but the pipeline may save, Identity's stores included.</summary>
    public bool IsInCommand { get; private set; }

    public Actor Actor => actor ?? throw new InvalidOperationException("Nobody acts here: writes go through the pipeline.");

    public string Command => command ?? throw new InvalidOperationException("No command runs here: writes go through the pipeline.");

    public string? TraceId => Activity.Current?.TraceId.ToString();

    public void Begin(Actor who, string what, bool inCommand)
    {
        (actor, command, IsInCommand) = (who, what, inCommand);
    }
}
