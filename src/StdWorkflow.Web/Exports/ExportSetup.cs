using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.Plans;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Exports;

/// <summary>Every list as a file: at <c>/exports/{list}/{format}</c> for who reads the pages, and from the API's lists with <c>format=</c>.</summary>
internal static class ExportSetup
{
    public static IReadOnlyList<IListExport> Lists { get; } =
    [
        WorkItemExports.WorkItems, WorkItemExports.Deadlines, InternationalExports.Projects, CommitteeExports.Committees, CommitteeExports.Members, PlanExports.Plans, ConsultationExports.Periods, ConsultationExports.Comments,
        RequestExports.Requests,
    ];

    public static IReadOnlyDictionary<string, string> Formats { get; } = new Dictionary<string, string>
    {
        ["csv"] = "text/csv; charset=utf-8",
        ["json"] = "application/json; charset=utf-8",
        ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    /// <summary>The address of the list that a page shows, with the parameters of the page.</summary>
    public static string AddressOf(string list, string format, HttpRequest request) =>
        $"/exports/{list}/{format}{QueryString.Create(request.Query.Where(part => part.Key is not ("page" or "format")))}";

    public static void MapExports(this WebApplication app) =>
        app.MapGet("/exports/{list}/{format}", (string list, string format, HttpContext context, CancellationToken stop) => AnswerAsync(list, format, context, stop))
            .AllowAnonymous().RequireRateLimiting(RateLimits.Exports).ExcludeFromDescription();

    /// <summary>The format in which a list of the API is asked for as a whole: by <c>format=</c>, or by what the asker accepts. Null for parts of it, as always.</summary>
    public static string? AskedOf(HttpContext context)
    {
        if (context.Request.Query["format"].ToString() is { Length: > 0 } named) return named;
        var accepted = context.Request.GetTypedHeaders().Accept.Select(type => type.MediaType.Value).ToList();
        return Formats.Keys.FirstOrDefault(format => format != "json" && accepted.Contains(MediaTypeHeaderValue.Parse(Formats[format]).MediaType.Value));
    }

    /// <summary>The list that an address of the API names, or null when it names something else.</summary>
    public static string? ListAt(string root, PathString path) =>
        path.StartsWithSegments(root, out var rest) ? Lists.FirstOrDefault(known => rest.Value!.Trim('/') == known.Name)?.Name : null;

    public static async Task<IResult> AnswerAsync(string list, string format, HttpContext context, CancellationToken stop)
    {
        var export = Lists.FirstOrDefault(known => known.Name == list);
        if (export is null || !Formats.TryGetValue(format, out var type)) return TypedResults.NotFound();
        var services = context.RequestServices;
        if (await export.ReadAsync(services, context.Request.Query, stop) is not { } rows) return TypedResults.NotFound();

        var name = $"{list}-{Instants.DateIn(services.GetRequiredService<TimeProvider>().UtcNow()):yyyy-MM-dd}.{format}";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(stream => WriteAsync(export, rows, stream, format, services, stop), type, name);
    }

    private static async Task WriteAsync(IListExport export, IAsyncEnumerable<object?[]> rows, Stream stream, string format, IServiceProvider services, CancellationToken stop)
    {
        var texts = services.GetRequiredService<AllTexts>();
        await using ExportWriter writer = format switch
        {
            "csv" => new CsvExport(stream, texts),
            "xlsx" => new XlsxExport(stream, texts, export.Name),
            _ => new JsonExport(stream, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions),
        };
        await writer.BeginAsync(export.Columns, stop);
        await foreach (var row in rows.WithCancellation(stop)) await writer.WriteAsync(row, stop);
        await writer.EndAsync(stop);
    }
}
