using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace StdWorkflow.Data.Providers;

/// <summary>
/// SQL Server compares the last six bytes of a <c>uniqueidentifier</c> first. Moving the time of a version 7 key there keeps
/// new rows at the end of every index, as they are on the other databases.
/// </summary>
public sealed class SqlServerGuid() : ValueConverter<Guid, Guid>(key => ToStore(key), stored => FromStore(stored))
{
    // Position in a stored value, from what SQL Server compares first to what it compares last.
    private static readonly byte[] Significance = [10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3];

    public static Guid ToStore(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16], stored = stackalloc byte[16];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        for (var i = 0; i < 16; i++) stored[Significance[i]] = bytes[i];
        return new Guid(stored);
    }

    public static Guid FromStore(Guid stored)
    {
        Span<byte> bytes = stackalloc byte[16], key = stackalloc byte[16];
        stored.TryWriteBytes(bytes);
        for (var i = 0; i < 16; i++) key[i] = bytes[Significance[i]];
        return new Guid(key, bigEndian: true);
    }
}
