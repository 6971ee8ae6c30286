using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.Net.Http.Headers;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Features.Shared;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Localization;

namespace StdWorkflow.Web.Exports;

/// <summary>One entry of a feed.</summary>
/// <param name="Key">Stays the same for ever.</param>
/// <param name="Code">What stands before the title, or the whole title.</param>
/// <param name="Title">The title in both languages, or null.</param>
/// <param name="Page">Where it leads.</param>
/// <param name="Updated">When it last changed (UTC).</param>
/// <param name="Summary">More of it, or null.</param>
internal sealed record FeedEntry(Guid Key, string Code, LocalizedText? Title, string Page, DateTime Updated, string? Summary);

/// <summary>
/// Atom feeds (RFC 4287): of every list what changed last, as far as the filter of the page leaves it, at <c>/feeds/{list}</c> and from the API's
/// lists with <c>format=atom</c>; and of what happens to a work item, at <c>/feeds/work-items/{code}</c>.
/// </summary>
internal static class Feeds
{
    /// <summary>The most entries of a feed.</summary>
    public const int Entries = 50;

    public const string Type = "application/atom+xml";

    /// <summary>What the API calls it.</summary>
    public const string Format = "atom";

    private const string Atom = "http://www.w3.org/2005/Atom";

    public static string AddressOf(string list, HttpRequest request, (string Name, string Value)? own) => $"/feeds/{list}{ExportSetup.QueryOf(request, own, "sort")}";

    public static string AddressOfItem(string code) => $"/feeds/work-items/{Uri.EscapeDataString(code)}";

    public static void MapFeeds(this WebApplication app)
    {
        var feeds = app.MapGroup("/feeds").AllowAnonymous().CacheOutput(VisitorCache.Name).ExcludeFromDescription();
        feeds.MapGet("/{list}", async (string list, HttpContext context, CancellationToken stop) =>
            ExportSetup.Find(list) is { } found ? await AnswerAsync(found, context, context.Request.Query, stop) : TypedResults.NotFound());
        feeds.MapGet("/work-items/{code}", async (string code, HttpContext context, CancellationToken stop) =>
            await WorkItemExports.EventsAsync(code, context.RequestServices, stop) is { } found
                ? Answer(context, found.Title, WorkItemLinks.Details(code), found.Entries)
                : (IResult)TypedResults.NotFound());
    }

    public static async Task<IResult> AnswerAsync(IListExport list, HttpContext context, IQueryCollection query, CancellationToken stop) =>
        await list.FeedAsync(context.RequestServices, query, stop) is { } entries
            ? Answer(context, context.RequestServices.GetRequiredService<AllTexts>().Find($"List.{list.Name}")!, ExportSetup.PageOf(list, query), entries)
            : TypedResults.NotFound();

    private static IResult Answer(HttpContext context, string title, string page, IReadOnlyList<FeedEntry> entries)
    {
        var request = context.Request;
        var root = $"{request.Scheme}://{request.Host}{request.PathBase}";
        var updated = entries.Count == 0 ? DateTime.UnixEpoch : entries.Max(entry => entry.Updated);
        var bytes = Write(title, root, page, $"{request.Path}{request.QueryString}", updated, entries);
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        // Seconds are all that the header can say.
        var modified = new DateTimeOffset(updated.AddTicks(-(updated.Ticks % TimeSpan.TicksPerSecond)));
        return TypedResults.Bytes(bytes, $"{Type}; charset=utf-8", lastModified: modified, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }

    private static byte[] Write(string title, string root, string page, string self, DateTime updated, IReadOnlyList<FeedEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, CultureInfo.CurrentUICulture.Name);
            Text(xml, "id", root + self);
            Text(xml, "title", title);
            Text(xml, "updated", Instant(updated));
            Link(xml, "self", Type, root + self);
            Link(xml, "alternate", "text/html", root + page);
            xml.WriteStartElement("author", Atom);
            Text(xml, "name", "StdWorkflow");
            xml.WriteEndElement();
            foreach (var entry in entries)
            {
                xml.WriteStartElement("entry", Atom);
                Text(xml, "id", $"urn:uuid:{entry.Key:D}");
                Text(xml, "title", $"{entry.Code} {entry.Title?.In(Reader.Language)}".Trim());
                Text(xml, "updated", Instant(entry.Updated));
                Link(xml, "alternate", "text/html", root + entry.Page);
                if (entry.Summary is { Length: > 0 } summary) Text(xml, "summary", summary);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Text(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Atom, XmlText.Of(text));

    private static void Link(XmlWriter xml, string rel, string type, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Instant(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
