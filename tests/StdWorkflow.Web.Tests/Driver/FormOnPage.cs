using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace StdWorkflow.Web.Tests.Driver;

/// <summary>A form as a browser without script treats it: which fields go with it, which button sends it.</summary>
internal sealed class FormOnPage(IHtmlFormElement form)
{
    public IElement Element => form;

    public string Description =>
        $"[{Page.Listed(form.Elements.SelectMany(LabelsOf))} → {Page.Listed(Buttons.Select(WordsOn))}]";

    private IEnumerable<IElement> Buttons =>
        form.Elements.Where(element => element is IHtmlButtonElement { Type: "submit" } or IHtmlInputElement { Type: "submit" });

    public static string WordsOn(IElement button) =>
        button is IHtmlInputElement input ? input.Value : button.GetAttribute("aria-label") ?? Words.Of(button);

    public static string ErrorOf(IElement control)
    {
        var document = control.Owner!;
        var described = (control.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(document.GetElementById)
            .OfType<IElement>()
            .Where(IsError);
        var spans = document.QuerySelectorAll("[data-valmsg-for]").Where(span => span.GetAttribute("data-valmsg-for") == control.GetAttribute("name"));
        return described.Concat(spans).Select(Words.Of).FirstOrDefault(said => said.Length > 0) ?? "";

        static bool IsError(IElement element) =>
            element.HasAttribute("data-valmsg-for") || element.ClassList.Any(name => name.Contains("error", StringComparison.Ordinal) || name.Contains("problem", StringComparison.Ordinal));
    }

    public bool Fits(Entry entry, string? button) =>
        (button is null ? Buttons.Any() : Buttons.Any(one => WordsOn(one) == button))
        && entry.Steps.All(step => Target(step) is not null);

    public IEnumerable<IElement> Labelled(string label) => form.Elements.Where(element => LabelsOf(element).Contains(label));

    public HttpRequestMessage Request(Entry entry, string? button, Uri page)
    {
        var sender = Sender(button);
        var method = sender?.GetAttribute("formmethod") ?? form.GetAttribute("method") ?? "get";
        var action = sender?.GetAttribute("formaction") ?? form.GetAttribute("action");
        var target = string.IsNullOrEmpty(action) ? page : new Uri(page, action);
        var fields = Fields(entry, button);

        if (string.Equals(method, "post", StringComparison.OrdinalIgnoreCase))
        {
            HttpContent content = string.Equals(form.GetAttribute("enctype"), "multipart/form-data", StringComparison.OrdinalIgnoreCase)
                ? Multipart(fields)
                : new FormUrlEncodedContent(fields);
            return new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        }

        var query = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return new HttpRequestMessage(HttpMethod.Get, new UriBuilder(target) { Query = query }.Uri);
    }

    public IReadOnlyList<KeyValuePair<string, string>> Fields(Entry entry, string? button)
    {
        var values = new Dictionary<IElement, string>();
        var chosen = new Dictionary<IElement, bool>();
        foreach (var step in entry.Steps) Apply(step, values, chosen);

        var fields = new List<KeyValuePair<string, string>>();
        var sender = Sender(button);
        foreach (var element in form.Elements)
        {
            var name = element.GetAttribute("name");
            if (string.IsNullOrEmpty(name) || IsDisabled(element)) continue;
            switch (element)
            {
                case IHtmlSelectElement select:
                    var picked = select.Options.Where(option => values.TryGetValue(select, out var value) ? option.Value == value : option.IsSelected);
                    fields.AddRange(picked.Where(option => !option.IsDisabled).Select(option => KeyValuePair.Create(name, option.Value)));
                    break;
                case IHtmlTextAreaElement area:
                    Send(name, (values.GetValueOrDefault(area) ?? area.Value).ReplaceLineEndings("\r\n"));
                    break;
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    if (chosen.TryGetValue(box, out var taken) ? taken : box.IsChecked) Send(name, box.GetAttribute("value") ?? "on");
                    break;
                case IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" or "file" }:
                    if (element == sender) Send(name, element.GetAttribute("value") ?? "");
                    break;
                case IHtmlInputElement input:
                    Send(name, values.GetValueOrDefault(input) ?? input.Value);
                    break;
                case IHtmlButtonElement when element == sender:
                    Send(name, element.GetAttribute("value") ?? "");
                    break;
            }
        }

        fields.RemoveAll(field => entry.Left.Contains(field.Key) || entry.Forged.ContainsKey(field.Key));
        fields.AddRange(entry.Forged);
        return fields;

        void Send(string name, string value) => fields.Add(KeyValuePair.Create(name, value));
    }

    private static MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        return content;
    }

    private IElement? Sender(string? button) => Buttons.FirstOrDefault(one => (button is null || WordsOn(one) == button) && !IsDisabled(one));

    private void Apply(Entry.Action step, Dictionary<IElement, string> values, Dictionary<IElement, bool> chosen)
    {
        var target = Target(step)!;
        switch (target)
        {
            case IHtmlOptionElement option:
                values[option.Ancestors<IHtmlSelectElement>().First()] = option.Value;
                break;
            case IHtmlSelectElement select:
                values[select] = "";
                break;
            case IHtmlInputElement { Type: "radio" } radio:
                foreach (var other in form.Elements.OfType<IHtmlInputElement>().Where(one => one.Type == "radio" && one.Name == radio.Name)) chosen[other] = false;
                chosen[radio] = step.Kind != Entry.Kind.Clear;
                break;
            case IHtmlInputElement { Type: "checkbox" } box:
                chosen[box] = step.Kind != Entry.Kind.Clear;
                break;
            default:
                values[target] = step.Value ?? "";
                break;
        }
    }

    /// <summary>The control that a step is about, or null when this form has none that takes it.</summary>
    private IElement? Target(Entry.Action step)
    {
        var labelled = Labelled(step.Label).Where(element => !IsDisabled(element)).ToList();
        return step.Kind switch
        {
            Entry.Kind.Fill => labelled.FirstOrDefault(element => element is IHtmlTextAreaElement or IHtmlInputElement { Type: not ("checkbox" or "radio" or "hidden") }),
            Entry.Kind.Choose => labelled.FirstOrDefault(element => element is IHtmlInputElement { Type: "checkbox" or "radio" }),
            Entry.Kind.Clear => labelled.FirstOrDefault(),
            _ => labelled.OfType<IHtmlSelectElement>().SelectMany(select => select.Options).FirstOrDefault(option => Words.Of(option) == step.Value)
                ?? form.Elements.FirstOrDefault(element =>
                    element is IHtmlInputElement { Type: "radio" or "checkbox" } && GroupOf(element) == step.Label && LabelsOf(element).Contains(step.Value!)),
        };
    }

    /// <summary>
    /// Every name a reader may call a control by: the whole label, and the label without the small marks (required, optional) inside it.
    /// </summary>
    private static IEnumerable<string> LabelsOf(IElement control)
    {
        var labels = control.Owner!.QuerySelectorAll("label").OfType<IHtmlLabelElement>().Where(label =>
            label.HtmlFor is { Length: > 0 } id ? id == control.Id : label.Contains(control));
        foreach (var label in labels)
        {
            yield return WithoutControls(label, marksToo: false);
            yield return WithoutControls(label, marksToo: true);
        }

        if (control.GetAttribute("aria-label") is { Length: > 0 } spoken) yield return spoken;
        foreach (var id in (control.GetAttribute("aria-labelledby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            yield return Words.Of(control.Owner!.GetElementById(id));
    }

    private static string WithoutControls(IElement label, bool marksToo)
    {
        var copy = (IElement)label.Clone();
        foreach (var inner in copy.QuerySelectorAll(marksToo ? "input, select, textarea, span, small, abbr, em" : "input, select, textarea").ToList()) inner.Remove();
        return Words.Of(copy);
    }

    private static string GroupOf(IElement control) =>
        control.Ancestors<IHtmlFieldSetElement>().Select(group => Words.Of(group.QuerySelector("legend"))).FirstOrDefault() ?? "";

    private static bool IsDisabled(IElement element) =>
        element.HasAttribute("disabled") || element.Ancestors<IHtmlFieldSetElement>().Any(group => group.HasAttribute("disabled"));
}
