namespace StdWorkflow.Web.Jobs;

/// <summary>
/// Finds what is due and sends one command for each. It holds no state: run twice it does no harm, run late it is still right.
/// </summary>
public interface IJob
{
    /// <summary>Runs once.</summary>
    Task RunAsync(CancellationToken stop);
}
