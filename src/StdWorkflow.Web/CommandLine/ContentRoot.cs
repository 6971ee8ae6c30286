namespace StdWorkflow.Web.CommandLine;

/// <summary>
/// Finds the folder of settings, files and the default database. Run from source it is the folder of the project, wherever
/// the command was typed; published it is the folder of the program.
/// </summary>
internal static class ContentRoot
{
    private const string Project = "StdWorkflow.Web.csproj";

    public static WebApplicationOptions OptionsFor(string[] args) => new()
    {
        Args = args,
        // A host that tests the program names its own root; an explicit path here would win over it.
        ContentRootPath = args.Any(arg => arg.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase)) ? null : Find(AppContext.BaseDirectory),
    };

    public static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, Project)))
                return folder.FullName;

        return start;
    }
}
