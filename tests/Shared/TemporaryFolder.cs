namespace StdWorkflow.Testing;

internal static class TemporaryFolder
{
    // SQLite waits for the disk at every commit; in memory the suite does not. A container often has only 64 MB of it.
    private static readonly string Base = HasRoom("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public static DirectoryInfo Create() => Directory.CreateDirectory(Path.Combine(Base, $"stdworkflow-test-{Guid.NewGuid():N}"));

    private static bool HasRoom(string folder) => Directory.Exists(folder) && new DriveInfo(folder).AvailableFreeSpace > 2L << 30;
}
