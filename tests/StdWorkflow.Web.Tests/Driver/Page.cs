using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace StdWorkflow.Web.Tests.Driver;

/// <summary>A page as its reader has it: found by the words on it, not by its markup.</summary>
public sealed class Page
{
    private readonly Session session;

    private Page(Session session, HttpResponseMessage answer, Uri address, bool wasRedirected, IDocument document, string source)
    {
        this.session = session;
        Status = answer.StatusCode;
        MediaType = answer.Content.Headers.ContentType?.MediaType;
        Address = address;
        WasRedirected = wasRedirected;
        Document = document;
        Source = source;
    }

    public HttpStatusCode Status { get; }

    public string? MediaType { get; }

    public Uri Address { get; }

    public string Path => Address.PathAndQuery;

    public bool WasRedirected { get; }

    public string Source { get; }

    public IDocument Document { get; }

    public string Language => Document.DocumentElement.GetAttribute("lang") ?? "";

    public string Title => Document.Title ?? "";

    public string Heading => Words.Of(Document.QuerySelector("h1"));

    /// <summary>What the page itself says, without masthead and menu.</summary>
    public string Text => Words.Of(Main);

    /// <summary>The sentences of the error summary.</summary>
    public IReadOnlyList<string> Problems =>
        [.. Document.QuerySelectorAll("[role=alert] li, .validation-summary-errors li").Select(Words.Of).Where(said => said.Length > 0).Distinct()];

    private IElement Main => Document.QuerySelector("main") ?? Document.Body ?? Document.DocumentElement;

    internal static async Task<Page> ReadAsync(Session session, HttpResponseMessage answer, Uri address, bool wasRedirected)
    {
        var source = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var document = await BrowsingContext.New(Configuration.Default)
            .OpenAsync(response => response.Content(source).Address(address).Header("Content-Type", "text/html; charset=utf-8"));
        return new Page(session, answer, address, wasRedirected, document, source);
    }

    /// <summary>The same page in the state it has now.</summary>
    public Task<Page> AgainAsync() => session.OpenAsync(Path);

    public bool Says(string words) => Text.Contains(words, StringComparison.Ordinal);

    /// <summary>Follows the one link with these words.</summary>
    public Task<Page> FollowAsync(string words) => session.OpenAsync(LinkTo(words));

    public string LinkTo(string words) => FindLink(words)
        ?? throw new InvalidOperationException($"No link “{words}”. There are: {Listed(Document.QuerySelectorAll("a[href]").Select(Words.Of))}");

    public bool HasLink(string words) => FindLink(words) is not null;

    public IReadOnlyList<string> Links => [.. Main.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!)];

    public bool HasButton(string words) => Document.QuerySelectorAll("button, input[type=submit]").Any(button => FormOnPage.WordsOn(button) == words);

    /// <summary>The cells of each row in the body of the first table, or of the one whose caption holds these words.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows(string? caption = null)
    {
        var table = Main.QuerySelectorAll("table").OfType<IHtmlTableElement>()
            .FirstOrDefault(one => caption is null || Words.Of(one.QuerySelector("caption")).Contains(caption, StringComparison.Ordinal));
        return table is null ? [] : [.. table.Bodies.SelectMany(body => body.Rows).Select(row => (IReadOnlyList<string>)[.. row.Cells.Select(Words.Of)])];
    }

    public string ErrorOf(string label) => FormOnPage.ErrorOf(FindControl(label));

    public string ValueOf(string label) => FindControl(label) switch
    {
        IHtmlSelectElement select => Words.Of(select.Options.FirstOrDefault(option => option.IsSelected)),
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement { Type: "checkbox" or "radio" } => throw new InvalidOperationException($"“{label}” is chosen or not; ask {nameof(IsChosen)}."),
        IHtmlInputElement input => input.Value,
        var other => Words.Of(other),
    };

    /// <summary>Whether the radio button, check box or option with this label is chosen.</summary>
    public bool IsChosen(string label) =>
        Forms.SelectMany(form => form.Labelled(label)).OfType<IHtmlInputElement>().Any(input => input.IsChecked)
        || Document.QuerySelectorAll("option").OfType<IHtmlOptionElement>().Any(option => option.IsSelected && Words.Of(option) == label);

    public IReadOnlyList<string> OptionsOf(string label) =>
        FindControl(label) is IHtmlSelectElement select ? [.. select.Options.Select(Words.Of)] : throw new InvalidOperationException($"“{label}” is no list.");

    /// <summary>
    /// Fills in the form that has all of these labels and, if named, this button, and sends it as a browser without script would.
    /// </summary>
    public async Task<Page> SubmitAsync(Action<Entry>? fill = null, string? button = null)
    {
        var entry = new Entry();
        fill?.Invoke(entry);

        var fitting = Forms.Where(form => form.Fits(entry, button)).ToList();
        // The menu's small forms (language, sign out) are meant only when the button is named.
        var inMain = fitting.Where(form => Main.Contains(form.Element)).ToList();
        if (inMain.Count > 0 || button is null) fitting = inMain;
        if (fitting.Count != 1)
        {
            throw new InvalidOperationException(
                $"{fitting.Count} forms on {Path} ({(int)Status}, “{Heading}”) have the labels {Listed(entry.Labels)} and the button “{button ?? "any"}”. " +
                $"There are: {string.Join("; ", Forms.Select(form => form.Description))}. {string.Join(' ', Problems)}");
        }

        return await session.SendAsync(() => fitting[0].Request(entry, button, Address));
    }

    /// <summary>What the form would send if nothing were changed: for requests that forge it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FieldsOf(string button) =>
        Forms.First(form => form.Fits(new Entry(), button)).Fields(new Entry(), button);

    private IEnumerable<FormOnPage> Forms => Document.Forms.Select(form => new FormOnPage(form));

    private IElement FindControl(string label) => Forms.SelectMany(form => form.Labelled(label)).FirstOrDefault()
        ?? throw new InvalidOperationException($"No field “{label}” on {Path}. There are: {string.Join("; ", Forms.Select(form => form.Description))}");

    private string? FindLink(string words)
    {
        var links = Main.QuerySelectorAll("a[href]").Concat(Document.QuerySelectorAll("a[href]")).ToList();
        var link = links.FirstOrDefault(link => Words.Of(link) == words || link.GetAttribute("aria-label") == words)
            ?? links.FirstOrDefault(link => Words.Of(link).Contains(words, StringComparison.Ordinal));
        return link?.GetAttribute("href");
    }

    internal static string Listed(IEnumerable<string> words) => string.Join(", ", words.Distinct().Select(word => $"“{word}”"));
}
