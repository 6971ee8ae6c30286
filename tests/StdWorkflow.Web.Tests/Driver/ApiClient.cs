using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace StdWorkflow.Web.Tests.Driver;

/// <summary>A program at the API, with an access token or without. Keeps no cookies.</summary>
public sealed class ApiClient(HttpMessageHandler door, Uri home, string? token)
{
    public Task<ApiAnswer> GetAsync(string path, params IEnumerable<(string Name, string Value)> headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiAnswer> PostAsync(string path, object body, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Post, path, body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), headers);

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, IEnumerable<(string Name, string Value)> headers)
    {
        using var message = new HttpRequestMessage(method, new Uri(home, path));
        message.Headers.AcceptLanguage.ParseAdd("en");
        if (token is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null) message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var invoker = new HttpMessageInvoker(door, disposeHandler: false);
        using var answer = await invoker.SendAsync(message, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new ApiAnswer(
            (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.ETag?.Tag, answer.Headers.Location?.OriginalString, answer.Headers.RetryAfter?.Delta, text);
    }
}

public sealed record ApiAnswer(int Status, string? MediaType, string? Tag, string? Location, TimeSpan? RetryAfter, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string Code => Json.GetProperty("code").GetString()!;

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("items").EnumerateArray()];

    public string? Next => Json.GetProperty("next").GetString();

    public string Of(string property) => Json.GetProperty(property).ToString();
}
