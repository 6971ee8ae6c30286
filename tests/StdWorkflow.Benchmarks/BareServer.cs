using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace StdWorkflow.Benchmarks;

/// <summary>What there is to compare with: Kestrel, one hand-written query per page for the same rows, and a table of HTML. Nothing else.</summary>
internal static class BareServer
{
    private const string Lines = """
        SELECT w."Code", w."TitleZh", w."TitleEn", w."PlanNumber", t."StageKey", t."WaitingForZh", t."NextDeadlineUtc"
        FROM "WorkItems" w {0} JOIN "Tracks" t ON t."WorkItemId" = w."Id" AND t."Kind" = 'MainText'
        """;

    /// <summary>The query of each page, with the one parameter that it takes.</summary>
    private static readonly Dictionary<string, string> queries = new()
    {
        ["/work-items"] = Lines + " ORDER BY w.\"Number\" LIMIT 50",
        ["/api/v1/work-items"] = Lines + " ORDER BY w.\"Number\" LIMIT 50",
        ["/"] = Lines.Replace("FROM \"WorkItems\" w {0} JOIN \"Tracks\" t", "FROM \"Tracks\" t {0} JOIN \"WorkItems\" w", StringComparison.Ordinal) + " WHERE t.\"End\" IS NULL ORDER BY t.\"DeadlineKey\" LIMIT 32",
        ["/work-items/"] = """
            SELECT w."Code", w."TitleZh", w."TitleEn", w."PlanNumber", e."Type", e."Facts", e."OccurredAt"
            FROM "WorkItems" w JOIN "Events" e ON e."SubjectType" = 'WorkItem' AND e."SubjectId" = w."Id" WHERE w."Code" = @code ORDER BY e."Sequence" DESC
            """,
    };

    /// <summary>True for the pages that there is a query for.</summary>
    public static bool Knows(string page) => queries.ContainsKey(QueryOf(page));

    private static string QueryOf(string path) => path.StartsWith("/work-items/w-", StringComparison.Ordinal) && path.Count(letter => letter == '/') == 2 ? "/work-items/" : path;

    public static async Task RunAsync(string provider, string connection, string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls(url);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, provider, connection));
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context, string provider, string connectionString)
    {
        var path = context.Request.Path.Value!;
        var code = path.StartsWith("/work-items/", StringComparison.Ordinal) ? path["/work-items/".Length..] : null;
        await using DbConnection connection = provider == "Sqlite" ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = queries[QueryOf(path)].Replace("{0}", provider == "Sqlite" ? "CROSS" : "INNER", StringComparison.Ordinal);
        if (code is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@code", code);
            command.Parameters.Add(parameter);
        }

        var html = new StringBuilder("<!doctype html><html><body><table>");
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync())
            {
                html.Append("<tr>");
                for (var at = 0; at < rows.FieldCount; at++) html.Append("<td>").Append(WebUtility.HtmlEncode(Convert.ToString(rows.GetValue(at), CultureInfo.InvariantCulture))).Append("</td>");
                html.Append("</tr>");
            }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html.Append("</table></body></html>").ToString());
    }
}
