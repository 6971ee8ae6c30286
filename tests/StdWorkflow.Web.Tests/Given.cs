namespace StdWorkflow.Web.Tests;

/// <summary>
/// Makes a valid world, so that a test mentions only what matters to it. Each feature's tests add their own part of this class, in a
/// file beside them.
/// </summary>
public sealed partial class Given(App app)
{
    private readonly App app = app;
}
