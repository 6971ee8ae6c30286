using System.Net;
using System.Net.Http.Headers;

namespace StdWorkflow.Web.Tests.Driver;

/// <summary>Somebody at a browser without script: keeps cookies, follows redirects, has a language.</summary>
public sealed class Session(HttpMessageHandler door, Uri home, CookieContainer cookies, string language, Func<string, Task>? before = null)
{
    private const int MostRedirects = 10;

    /// <summary>The same person at the same browser, which now prefers another language.</summary>
    public Session In(string other) => new(door, home, cookies, other, before);

    public Task<Page> OpenAsync(string path) => SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(home, path)));

    /// <summary>The bare answer, not followed: for doors that are not pages.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, params IEnumerable<(string Name, string Value)> headers)
    {
        await PrepareAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(home, path));
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await SendOnceAsync(request);
    }

    /// <summary>Posts what no form of ours would send.</summary>
    public Task<Page> PostAsync(string path, params IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, new Uri(home, path)) { Content = new FormUrlEncodedContent(fields) });

    internal async Task<Page> SendAsync(Func<HttpRequestMessage> request)
    {
        await PrepareAsync();
        var message = request();
        for (var hops = 0; ; hops++)
        {
            using var answer = await SendOnceAsync(message);
            if (answer.Headers.Location is not { } location || (int)answer.StatusCode is < 300 or > 399)
                return await Page.ReadAsync(this, answer, message.RequestUri!, hops > 0);

            if (hops == MostRedirects) throw new InvalidOperationException($"More than {MostRedirects} redirects, the last to {location}.");
            var target = new Uri(message.RequestUri!, location);
            if (target.Authority != home.Authority) throw new InvalidOperationException($"Redirected out of the program, to {target}.");

            var keepsMethod = answer.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
            var again = keepsMethod ? request() : new HttpRequestMessage(HttpMethod.Get, target);
            again.RequestUri = target;
            message.Dispose();
            message = again;
        }
    }

    private Task PrepareAsync() => before?.Invoke(language) ?? Task.CompletedTask;

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message)
    {
        message.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        if (message.Method == HttpMethod.Get) message.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        if (cookies.GetCookieHeader(message.RequestUri!) is { Length: > 0 } header) message.Headers.Add("Cookie", header);

        using var invoker = new HttpMessageInvoker(door, disposeHandler: false);
        var answer = await invoker.SendAsync(message, TestContext.Current.CancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set)
                cookies.SetCookies(message.RequestUri!, cookie);
        return answer;
    }
}
