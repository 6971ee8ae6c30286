using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Tests.Api;

public class ApiDocumentTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_document_names_every_route_of_the_API_and_no_other()
    {
        var document = (await app.Api().GetAsync("/openapi/v1.json")).Json;
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).Order(StringComparer.Ordinal).ToList();
        var routes = Routes.OfApi(app.Services);

        Convention.Holds(routes, routes.Except(described).Select(missing => $"{missing} is not in the document").Concat(described.Except(routes).Select(extra => $"{extra} is no route")));
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_what_it_answers()
    {
        var document = (await app.Api().GetAsync("/openapi/v1.json")).Json;
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", method.Value))).ToList();

        Convention.Holds(operations, operations.Where(one => !one.Value.TryGetProperty("summary", out var summary) || summary.GetString()!.Length < 10).Select(one => $"{one.Name} has no summary")
            .Concat(operations.Where(one => !one.Value.GetProperty("responses").EnumerateObject().Any(answer => answer.Name[0] == '2')).Select(one => $"{one.Name} says no answer")));
    }

    [Fact]
    public async Task What_needs_a_person_says_so_and_refuses_visitors_and_nothing_else_does()
    {
        var paths = (await app.Api().GetAsync("/openapi/v1.json")).Json.GetProperty("paths");
        var examples = await Routes.ExamplesAsync(app);
        var (checkedPaths, needy, breaches) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var route in Routes.Of(app).Where(route => route.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal)))
        {
            var path = System.Text.RegularExpressions.Regex.Replace(route.Pattern, @":\w+\}", "}");
            var operation = paths.GetProperty(path).GetProperty("get");
            var says = operation.GetProperty("responses").TryGetProperty("401", out _);
            var security = operation.GetProperty("security").EnumerateArray().ToList();
            var answer = await app.Api().GetAsync(examples.Of(route));
            checkedPaths.Add(path);
            if (says) needy.Add(path["/api/v1".Length..]);
            if (says != (answer.Status == 401)) breaches.Add($"{path} answers visitors {answer.Status} and {(says ? "says" : "does not say")} that they may not");
            if (says && (answer.Code, answer.MediaType) != ("api.tokenNeeded", "application/problem+json")) breaches.Add($"{path}: {answer.Text}");
            if (says != security.All(one => one.EnumerateObject().Any())) breaches.Add($"{path} has the security {operation.GetProperty("security")}");
        }

        Convention.Holds(checkedPaths, breaches);
        Assert.Equal(
            ["/cockpit", "/comments", "/committees/{code}/members", "/mails", "/memberships/{membership}", "/positions/{key}", "/requests", "/requests/{request}", "/saved-filters", "/work-items/{code}/following"],
            needy.Order(StringComparer.Ordinal));
        var posts = paths.EnumerateObject().Where(path => path.Value.TryGetProperty("post", out _)).ToList();
        Convention.Holds(posts, posts.Where(path => path.Value.GetProperty("post").GetProperty("responses").TryGetProperty("401", out _) == path.Name.EndsWith("/submissions", StringComparison.Ordinal)).Select(path => path.Name));
    }

    [Fact]
    public async Task Every_answer_is_described_as_it_is()
    {
        var document = (await app.Api().GetAsync("/openapi/v1.json")).Json;
        var api = await app.Given.ProgramOfAsync("admin");
        await api.PostAsync("/api/v1/saved-filters", new { name = "逾期", filter = new { state = "late" } });
        var project = (await api.GetAsync("/api/v1/foreign-projects?limit=1")).Items[0].GetProperty("number").ToString();
        var membership = (await api.GetAsync("/api/v1/committees/sac-tc28-sc42/members?limit=1")).Items[0].GetProperty("id").ToString();
        var checkedPaths = new List<string>();
        var breaches = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _)))
        {
            var schema = path.Value.GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            var address = path.Name.Replace("/work-items/{code}", "/work-items/w-1026", StringComparison.Ordinal).Replace("{code}", "sac-tc28-sc42", StringComparison.Ordinal)
                .Replace("/foreign-projects/{number}", $"/foreign-projects/{project}", StringComparison.Ordinal).Replace("{number}", "c-1001", StringComparison.Ordinal)
                .Replace("{request}", "r-1001", StringComparison.Ordinal).Replace("{membership}", membership, StringComparison.Ordinal)
                .Replace("/positions/{key}", "/positions/chair", StringComparison.Ordinal).Replace("{key}", "gb-z", StringComparison.Ordinal);
            if (address.Contains('{', StringComparison.Ordinal)) continue;
            var answer = await api.GetAsync(address);
            var (described, found) = (Resolve(schema), answer.Json);
            if (answer.Status == 200 && found.TryGetProperty("items", out var items))
            {
                if (items.GetArrayLength() == 0) continue;
                (described, found) = (Resolve(described.GetProperty("properties").GetProperty("items").GetProperty("items")), items[0]);
            }

            // A definition is what it is stored as.
            if (answer.Status == 200 && !described.TryGetProperty("properties", out _)) continue;
            checkedPaths.Add(path.Name);
            if (answer.Status != 200) breaches.Add($"{path.Name} answers {answer.Status}");
            else if (!Names(described.GetProperty("properties")).SetEquals(Names(found))) breaches.Add($"{path.Name} is described with {string.Join(' ', Names(described.GetProperty("properties")))} and has {string.Join(' ', Names(found))}");
        }

        Assert.InRange(checkedPaths.Count, 20, 200);
        Convention.Holds(checkedPaths, breaches);

        JsonElement Resolve(JsonElement one) => one.TryGetProperty("$ref", out var reference) ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]) : one;
        static HashSet<string> Names(JsonElement one) => [.. one.EnumerateObject().Select(property => property.Name)];
    }

    [Fact]
    public async Task Parameters_are_written_as_they_are_sent_and_changes_name_their_headers_and_refusals()
    {
        var document = (await app.Api().GetAsync("/openapi/v1.json")).Json;
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", method.Value))).ToList();

        Convention.Holds(operations,
            from one in operations
            let parameters = one.Value.TryGetProperty("parameters", out var given) ? given.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!).ToList() : []
            from breach in parameters.Where(name => char.IsUpper(name[0]) && name is not ("If-Match" or "Idempotency-Key")).Select(name => $"{one.Name}: {name}")
                .Concat(one.Name.StartsWith("post", StringComparison.Ordinal) ? new[] { "If-Match", "Idempotency-Key" }.Except(parameters).Select(name => $"{one.Name} does not name {name}") : [])
                .Concat(one.Value.GetProperty("responses").TryGetProperty("default", out var refusal) && refusal.GetProperty("content").TryGetProperty("application/problem+json", out _) ? [] : [$"{one.Name} says nothing of refusals"])
            select breach);
    }

    [Fact]
    public void Every_command_of_a_page_is_there_for_programs()
    {
        // Who signs in, and with what, is settled in a browser; a token makes no tokens, and its owner's language is not its business.
        string[] ofBrowsers = ["AcceptInvitation", "AskForEmail", "ChooseLanguage", "ConfirmEmail", "CreateFirstAdministrator", "IssueAccessToken", "RevokeAccessToken"];
        var files = Directory.EnumerateFiles(StdWorkflow.Testing.Repository.PathTo("src/StdWorkflow.Web/Features"), "*.cs", SearchOption.AllDirectories).ToList();
        var programs = string.Join('\n', files.Where(file => file.EndsWith("Api.cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var commands = files.Where(file => file.EndsWith(".cshtml.cs", StringComparison.Ordinal)).Select(File.ReadAllText)
            .SelectMany(text => System.Text.RegularExpressions.Regex.Matches(text, @"new (?<command>[A-Z]\w+)\(").Select(match => match.Groups["command"].Value))
            .Where(name => typeof(Program).Assembly.GetTypes().Any(type => type.Name == name && type.GetInterfaces().Any(known => known.Name.StartsWith("ICommand`", StringComparison.Ordinal))))
            .Distinct().Except(ofBrowsers).ToList();

        Assert.InRange(commands.Count, 25, 200);
        Convention.Holds(commands, commands.Where(name => !programs.Contains($"new {name}(", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_reference_opens_without_sign_in_and_may_do_no_more_than_it_needs()
    {
        using var answer = await app.Visitor().GetAsync("/api/docs/v1");

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }
}
