namespace StdWorkflow.Data;

/// <summary>The databases that the setting <c>Database:Provider</c> names.</summary>
public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
    PostgreSql,
}
