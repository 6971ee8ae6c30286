using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Api;

/// <summary>A refusal names the field as the body that was sent calls it.</summary>
public partial class BodyFieldsTests(App app) : IClassFixture<App>
{
    // Only a form of a page has the trap for programs that fill in everything.
    private static readonly string[] ofPages = ["SubmitComments.Remark"];

    [Fact]
    public async Task Every_field_of_every_command_has_its_name_in_the_body_or_in_the_address()
    {
        var document = (await app.Api().GetAsync("/openapi/v1.json")).Json;
        var (looked, breaches) = (new List<string>(), new List<string>());
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.RoutePattern.RawText?.StartsWith("/api/v1/", StringComparison.Ordinal) == true && one.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("POST")))
        {
            var handler = endpoint.Metadata.GetMetadata<MethodInfo>()!;
            var command = CommandOf(handler);
            var body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
            looked.Add($"{endpoint.RoutePattern.RawText}: {command.Name}");
            if (body is null || body == typeof(JsonElement)) continue;
            var lost = FieldsOf(command).Where(field => !ofPages.Contains($"{command.Name}.{field}") && Web.Api.BodyFields.NameOf(Empty(body), field) is null).ToList();
            if (lost.Count > endpoint.RoutePattern.Parameters.Count) breaches.Add($"{endpoint.RoutePattern.RawText}: {command.Name} has {string.Join(", ", lost)}, which {body.Name} has not");
            var schema = document.GetProperty("components").GetProperty("schemas");
            breaches.AddRange(FieldsOf(command).Select(field => Web.Api.BodyFields.NameOf(Empty(body), field)).OfType<string>()
                .Where(name => !schema.EnumerateObject().Any(one => one.Value.TryGetProperty("properties", out var known) && known.TryGetProperty(name.Split('.')[0], out _)))
                .Select(name => $"{endpoint.RoutePattern.RawText}: no body has {name}"));
        }

        Assert.InRange(looked.Count, 30, 200);
        Convention.Holds(looked, breaches);
    }

    [Fact]
    public async Task Errors_stand_under_the_names_of_the_body()
    {
        var (api, admin) = (await app.Given.ProgramOfAsync("li.wei"), await app.Given.ProgramOfAsync("admin"));
        const string committee = "sac-tc28-sc42";
        var item = await api.PostAsync("/api/v1/work-items", new { committee, process = "gb-t-normal", proposal = new { titleZh = "字段名" } });
        var seen = ("If-Match", item.Tag!);
        var board = await admin.GetAsync($"/api/v1/committees/{committee}");
        var long_ = new string('长', 2000);

        (string Field, ApiAnswer Answer)[] refused =
        [
            ("degree", await api.PostAsync($"{item.Location}/adoption", new { reference = "ISO/IEC 22989:2022" }, seen)),
            ("reference", await api.PostAsync($"{item.Location}/adoption", new { degree = "iDT" }, seen)),
            ("proposal.titleZh", await api.PostAsync("/api/v1/work-items", new { committee, process = "pre-research", proposal = new { } })),
            ("proposal.titleEn", await api.PostAsync("/api/v1/work-items", new { committee, process = "pre-research", proposal = new { titleZh = "长", titleEn = long_ } })),
            ("proposal.months", await api.PostAsync("/api/v1/work-items", new { committee, process = "gb-t-normal", proposal = new { titleZh = "月", months = 900 } })),
            ("titleZh", await api.PostAsync($"{item.Location}/proposal", new { titleEn = "" }, seen)),
            ("titleZh", await api.PostAsync($"{item.Location}/proposal", new { titleZh = "隐\u202e藏" }, seen)),
            ("parts", await api.PostAsync("/api/v1/work-items/w-1031/succeed", new { process = "gb-t-normal", parts = new[] { new { zh = long_ } } })),
            ("$", await admin.PostAsync("/api/v1/processes", new { key = "x" })),
            ("wantedBy", await api.PostAsync("/api/v1/requests", new { workItem = item.Of("code"), transition = "10-20", reason = "请" })),
            ("filter.phase", await api.PostAsync("/api/v1/saved-filters", new { name = "无", filter = new { phase = "lunch" } })),
            ("nameZh", await admin.PostAsync($"/api/v1/committees/{committee}/edit", new { }, ("If-Match", board.Tag!))),
            ("textZh", await admin.PostAsync($"/api/v1/committees/{committee}/work-plan", new { year = 2027, source = "无" })),
            ("comments[1].clause", await app.Api().PostAsync("/api/v1/consultations/c-1001/submissions", new { comments = new[] { new { clause = "1", text = "一" }, new { clause = long_, text = "二" } }, mayPublishName = false })),
            ("days[0].on", await api.PostAsync($"{item.Location}/plan", new { days = new[] { new { stage = "none", on = "2027-01-01" } } }, seen)),
            ("titleZh", await api.PostAsync($"/api/v1/work-items/w-1031/succeed", new { process = "gb-t-normal", titleZh = long_ })),
            ("parts", await api.PostAsync($"/api/v1/work-items/w-1031/succeed", new { process = "gb-t-normal", parts = new[] { new { zh = "一" }, new { zh = "二" } } })),
        ];

        Assert.All(refused, one => Assert.True(
            one.Answer.Status == 422 && one.Answer.Json.TryGetProperty("errors", out var errors) && errors.EnumerateObject().Any(error => error.Name == one.Field), $"{one.Field}: {one.Answer.Text}"));
    }

    private static object Empty(Type body) => System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(body);

    /// <summary>The command that a handler of the API gives, as its text says it.</summary>
    private static Type CommandOf(MethodInfo handler)
    {
        var file = Directory.EnumerateFiles(StdWorkflow.Testing.Repository.PathTo("src/StdWorkflow.Web/Features"), $"{handler.DeclaringType!.Name}.cs", SearchOption.AllDirectories).Single();
        var text = File.ReadAllText(file);
        var from = text.IndexOf($" {handler.Name}(", text.IndexOf("Map(RouteGroupBuilder", StringComparison.Ordinal) + 1, StringComparison.Ordinal);
        while (!text[..from].EndsWith(">", StringComparison.Ordinal)) from = text.IndexOf($" {handler.Name}(", from + 1, StringComparison.Ordinal);
        return Made().Matches(text[from..]).Select(made => typeof(Program).Assembly.GetTypes().FirstOrDefault(type => type.Name == made.Groups["type"].Value && IsCommand(type))).First(type => type is not null)!;
    }

    private static bool IsCommand(Type type) => type.GetInterfaces().Any(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(ICommand<>));

    /// <summary>What a problem of the command can name: its own properties, and those of the records that it holds.</summary>
    private static IEnumerable<string> FieldsOf(Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.Name is not (nameof(ICommand<Done>.Needs) or nameof(ICommand<Done>.Scope) or nameof(ISeen.SeenVersion)) && property.CanWrite
        from field in property.PropertyType.Namespace?.StartsWith("StdWorkflow", StringComparison.Ordinal) == true && property.PropertyType.IsClass ? FieldsOf(property.PropertyType) : [property.Name]
        select field;

    [GeneratedRegex(@"new (?<type>[A-Z]\w+)\(")]
    private static partial Regex Made();
}
