using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace StdWorkflow.Data.Providers;

/// <summary>Knows, for every provider, that a save failed only because somebody else was quicker: running it again may succeed.</summary>
public static class LostRace
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteUnique = 2067, SqlitePrimaryKey = 1555;
    private const int SqlServerUniqueIndex = 2601, SqlServerUniqueConstraint = 2627, SqlServerDeadlock = 1205;

    public static bool IsOne(Exception failure) => failure is DbUpdateConcurrencyException || (failure is DbUpdateException ? failure.InnerException : failure) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked || sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        SqlException server => server.Errors.Cast<SqlError>().Any(error => error.Number is SqlServerUniqueIndex or SqlServerUniqueConstraint or SqlServerDeadlock),
        _ => false,
    };
}
