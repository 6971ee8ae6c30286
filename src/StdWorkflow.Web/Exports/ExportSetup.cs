using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Web.Api;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.Plans;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Security;

namespace StdWorkflow.Web.Exports;

/// <summary>Every list as a file: at <c>/exports/{list}/{format}</c> for who reads the pages, and from the API's lists with <c>format=</c>, which gives its feed as well.</summary>
internal static class ExportSetup
{
    public static IReadOnlyList<IListExport> Lists { get; } =
    [
        WorkItemExports.WorkItems, WorkItemExports.SavedFilters, WorkItemExports.Deadlines, WorkItemExports.Events, InternationalExports.Projects, CommitteeExports.Committees, CommitteeExports.Members, PlanExports.Plans, ConsultationExports.Periods, ConsultationExports.Comments,
        RequestExports.Requests, ProcessExports.Processes,
    ];

    public static IReadOnlyDictionary<string, string> Formats { get; } = new Dictionary<string, string>
    {
        ["csv"] = "text/csv; charset=utf-8",
        ["json"] = "application/json; charset=utf-8",
        ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    /// <summary>The list of that name, or null.</summary>
    public static IListExport? Find(string list) => Lists.FirstOrDefault(known => known.Name == list);

    /// <summary>The address of the list that a page shows, with the parameters of the page and one of the list's own.</summary>
    public static string AddressOf(string list, string format, HttpRequest request, (string Name, string Value)? own) => $"/exports/{list}/{format}{QueryOf(request, own)}";

    /// <summary>The parameters of a page as its list takes them.</summary>
    public static QueryString QueryOf(HttpRequest request, (string Name, string Value)? own, params string[] without)
    {
        var parts = request.Query.Where(part => part.Key is not ("page" or "format") && part.Key != own?.Name && !without.Contains(part.Key)).ToList();
        if (own is { } known) parts.Insert(0, new(known.Name, known.Value));
        return QueryString.Create(parts);
    }

    /// <summary>The page of a list that was asked for with these parameters.</summary>
    public static string PageOf(IListExport list, IQueryCollection query)
    {
        var (page, rest) = (list.Page, new List<KeyValuePair<string, StringValues>>());
        foreach (var part in query.Where(part => part.Key != "format"))
            if (page.Contains($"{{{part.Key}}}", StringComparison.Ordinal) && part.Value.ToString() is { Length: > 0 } value) page = page.Replace($"{{{part.Key}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
            else rest.Add(part);
        var missing = page.IndexOf("/{", StringComparison.Ordinal);
        return (missing < 0 ? page : page[..missing]) + QueryString.Create(rest);
    }

    public static void AddExports(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ExportTurns>();

    public static void MapExports(this WebApplication app) =>
        app.MapGet("/exports/{list}/{format}", async (string list, string format, HttpContext context, CancellationToken stop) =>
                Find(list) is { } found ? await AnswerAsync(found, format, context, context.Request.Query, stop) : TypedResults.NotFound())
            .AllowAnonymous().ExcludeFromDescription();

    /// <summary>The format in which a list of the API is asked for as a whole: by <c>format=</c>, or by what the asker accepts. Null for parts of it, as always.</summary>
    public static string? AskedOf(HttpContext context)
    {
        if (context.Request.Query["format"].ToString() is { Length: > 0 } named) return named;
        var accepted = context.Request.GetTypedHeaders().Accept.Select(type => type.MediaType.Value).ToList();
        return accepted.Contains(Feeds.Type) ? Feeds.Format : Formats.Keys.FirstOrDefault(format => format != "json" && accepted.Contains(MediaTypeHeaderValue.Parse(Formats[format]).MediaType.Value));
    }

    /// <summary>The list that an address of the API names, with the parameters that the list takes; null when it names something else.</summary>
    public static (IListExport List, IQueryCollection Query)? ListAt(string root, HttpRequest request)
    {
        if (!request.Path.StartsWithSegments(root, out var rest)) return null;
        foreach (var known in Lists)
        {
            var named = new RouteValueDictionary();
            if (known.Api is not { } api || !new TemplateMatcher(TemplateParser.Parse(api[1..]), new RouteValueDictionary()).TryMatch(rest, named)) continue;
            return (known, new ProgramQuery(request.Query.Where(part => !named.ContainsKey(part.Key)).Concat(named.Select(part => new KeyValuePair<string, StringValues>(part.Key, part.Value as string)))
                .ToDictionary(StringComparer.OrdinalIgnoreCase)));
        }

        return null;
    }

    public static async Task<IResult> AnswerAsync(IListExport export, string format, HttpContext context, IQueryCollection query, CancellationToken stop)
    {
        if (!Formats.TryGetValue(format, out var type)) return TypedResults.NotFound();
        var services = context.RequestServices;
        var turns = services.GetRequiredService<ExportTurns>();
        if (!turns.IsAdmitted(context)) return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);

        // The file is whole before its first byte is sent: whoever takes it slowly keeps a file open and not the database, and a failure is no half a file.
        var file = OpenFile();
        context.Response.RegisterForDispose(file);
        using (await turns.WaitAsync(stop))
        {
            if (await export.ReadAsync(services, query, stop) is not { } rows) return TypedResults.NotFound();
            await WriteAsync(export, rows, file, format, services, stop);
        }

        file.Position = 0;
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(file, type, $"{export.Name}-{Instants.DateIn(services.GetRequiredService<TimeProvider>().UtcNow()):yyyy-MM-dd}.{format}");
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
        var written = 0;
        await foreach (var row in rows.WithCancellation(stop))
        {
            await writer.WriteAsync(row, stop);
            // SQLite never waits, so the thread would be given back only at the end; others have their turn between.
            if (++written % 100 == 0) await Task.Yield();
        }

        await writer.EndAsync(stop);
    }

    /// <summary>A file that nobody else can open, and that is gone when it is closed, however the program ends.</summary>
    private static FileStream OpenFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"stdworkflow-{Path.GetRandomFileName()}"), options);
        if (!OperatingSystem.IsWindows()) File.Delete(file.Name);
        return file;
    }
}

/// <summary>
/// Who may have a file made now. Each person (each address, of visitors) has a few at a time, through pages and API together; and all together are
/// made by half of the processors, one after another, so that the others remain for whoever reads and writes.
/// </summary>
internal sealed class ExportTurns(IConfiguration configuration) : IDisposable
{
    private readonly SemaphoreSlim making = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly PartitionedRateLimiter<HttpContext> asked = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(
        context.RequestServices.GetRequiredService<CurrentUser>().Person is { } person ? $"{person}" : $"visitor {context.Connection.RemoteIpAddress}",
        _ => new ConcurrencyLimiterOptions { PermitLimit = configuration.GetValue("RateLimits:ExportsAtOnce", 2) }));

    /// <summary>False, and when to come back, for whom as many files are being made or sent as one may have at a time.</summary>
    public bool IsAdmitted(HttpContext context)
    {
        var place = asked.AttemptAcquire(context);
        context.Response.RegisterForDispose(place);
        if (!place.IsAcquired) RateLimits.SayWhen(context, place);
        return place.IsAcquired;
    }

    public async Task<IDisposable> WaitAsync(CancellationToken stop)
    {
        await making.WaitAsync(stop);
        return new Turn(making);
    }

    public void Dispose()
    {
        asked.Dispose();
        making.Dispose();
    }

    private sealed class Turn(SemaphoreSlim making) : IDisposable
    {
        public void Dispose() => making.Release();
    }
}
