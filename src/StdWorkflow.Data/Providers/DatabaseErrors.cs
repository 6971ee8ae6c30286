using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace StdWorkflow.Data.Providers;

/// <summary>What the errors of the three databases mean.</summary>
public static class DatabaseErrors
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteUnique = 2067, SqlitePrimaryKey = 1555;

    /// <summary>A unique index or key refused the save.</summary>
    public static bool IsUniqueViolation(DbUpdateException error) => error.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqlException server => server.Number is 2601 or 2627,
        _ => false,
    };

    /// <summary>Nothing was wrong with the work itself: somebody held a lock, a deadlock was broken, a connection was lost.</summary>
    public static bool IsTransient(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
            switch (e)
            {
                case SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked }:
                case PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable }:
                case NpgsqlException { IsTransient: true }:
                // Deadlock, lock timeout, snapshot conflict.
                case SqlException { Number: 1205 or 1222 or 3960 }:
                    return true;
            }

        return false;
    }

    /// <summary>Two did it at once and this one lost: run it again in a fresh scope, where it sees what the other did.</summary>
    public static bool IsLostRace(Exception error) =>
        error is DbUpdateConcurrencyException || (error is DbUpdateException update && IsUniqueViolation(update)) || IsTransient(error);

    /// <summary>Two processes created the same database or table at once; what this one wanted is there now.</summary>
    internal static bool IsCreatedTwice(Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.DuplicateTable
            or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ObjectInUse || IsTransient(error),
        // Database exists, object exists.
        SqlException server => server.Number is 1801 or 2714 || IsTransient(error),
        _ => IsTransient(error),
    };
}
