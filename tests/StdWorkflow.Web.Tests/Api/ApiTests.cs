using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Web.Tests.Api;

public class ApiTests(App app) : IClassFixture<App>
{
    private static readonly string[] ListPaths =
        ["/api/v1/work-items", "/api/v1/committees", "/api/v1/foreign-projects", "/api/v1/deadlines", "/api/v1/events", "/api/v1/consultations", "/api/v1/comments"];

    private static readonly string[] sorts = ["updated", "-updated", "deadline", "-deadline", "code", "-code"];

    /// <summary>Every list with its orders; what is missing of the four has no meaning there.</summary>
    public static TheoryData<string, string> Orders => new()
    {
        { "/api/v1/work-items", "code -code updated -updated deadline -deadline" },
        { "/api/v1/committees/sac-tc28-sc42/plan", "deadline -deadline code -code updated -updated" },
        { "/api/v1/deadlines", "deadline -deadline code -code updated -updated" },
        { "/api/v1/consultations", "code -code updated -updated deadline -deadline" },
        { "/api/v1/requests", "deadline -deadline code -code updated -updated" },
        { "/api/v1/comments", "-updated updated code -code deadline -deadline" },
        { "/api/v1/events", "-updated updated code -code" },
        { "/api/v1/committees", "code -code updated -updated" },
        { "/api/v1/foreign-projects", "code -code updated -updated" },
        { "/api/v1/processes", "code -code updated -updated" },
        { "/api/v1/saved-filters", "code -code updated -updated" },
        { "/api/v1/committees/sac-tc28-sc42/members", "updated -updated" },
        { "/api/v1/mails", "-updated updated" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Going_on_at_next_shows_everything_once_and_in_order(string path, string orders)
    {
        var api = await app.Given.ProgramOfAsync("admin");
        if (path.EndsWith("/saved-filters", StringComparison.Ordinal))
            foreach (var name in new[] { "甲", "乙", "丙", "丁" }) await api.PostAsync(path, new { name, filter = new { state = "late" } });
        if (path.EndsWith("/comments", StringComparison.Ordinal))
            foreach (var _ in Enumerable.Range(0, 2)) await app.Given.CommentsAsync(await app.Given.OpenConsultationAsync(), "一", "二");
        if (path.EndsWith("/mails", StringComparison.Ordinal))
        {
            var period = await app.Given.OpenConsultationAsync();
            foreach (var text in new[] { "一", "二", "三", "四" })
                Assert.Equal(201, (await app.Api().PostAsync($"/api/v1/consultations/{period.Number}/submissions", new { comments = new[] { new { text } }, email = "sender@example.org", mayPublishName = false })).Status);
        }

        foreach (var sort in orders.Split(' '))
        {
            var whole = await api.GetAsync($"{path}?limit=200&sort={sort}");
            Assert.Equal(200, whole.Status);
            var expected = whole.Items.Select(item => item.ToString()).ToList();
            Assert.NotEmpty(expected);

            // One, two and three at a time, or as many as make the way short enough.
            var most = expected.Count <= 30 ? 3 : expected.Count / 9;
            var (found, next, asked) = (new List<string>(), "", 0);
            do
            {
                var limit = most <= 3 ? asked++ % 3 + 1 : most;
                var part = await api.GetAsync($"{path}?limit={limit}&sort={sort}{next}");
                Assert.Equal(200, part.Status);
                Assert.InRange(part.Items.Count, 1, limit);
                found.AddRange(part.Items.Select(item => item.ToString()));
                next = part.Next is { } cursor ? $"&cursor={Uri.EscapeDataString(cursor)}" : "";
            }
            while (next.Length > 0 && found.Count < expected.Count);

            Assert.Equal(expected, found.Take(expected.Count));
            if (expected.Count < 200) Assert.Equal(expected.Count, found.Count);
        }
    }

    [Fact]
    public async Task Every_list_says_its_orders_and_refuses_the_others_by_naming_them()
    {
        var api = await app.Given.ProgramOfAsync("admin");
        var lists = (await app.Api().GetAsync("/openapi/v1.json")).Json.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out var read)
            && read.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == "sort")).ToList();
        var known = Orders.ToDictionary(row => row.Data.Item1, row => row.Data.Item2);

        Assert.Equal(known.Keys.Order(StringComparer.Ordinal), lists.Select(list => list.Name.Replace("{code}", "sac-tc28-sc42", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        foreach (var list in lists)
        {
            var path = list.Name.Replace("{code}", "sac-tc28-sc42", StringComparison.Ordinal);
            var sort = list.Value.GetProperty("get").GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "sort");
            Assert.Equal(known[path].Split(' '), sort.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(name => name.GetString()));
            foreach (var other in sorts.Except(known[path].Split(' ')).Append("title").Append("-"))
            {
                var refused = await api.GetAsync($"{path}?sort={other}");
                Assert.Equal((422, "api.sort"), (refused.Status, refused.Code));
                Assert.Contains(known[path].Replace(" ", ", ", StringComparison.Ordinal), refused.Json.GetProperty("errors").GetProperty("sort")[0].GetString()!, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Deadlines_events_comments_and_plans_are_ordered_by_their_work_item_or_period()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.Given.CommentsAsync(await app.Given.OpenConsultationAsync(), "一", "二");
        }

        var api = await app.Given.ProgramOfAsync("admin");
        var items = (await api.GetAsync("/api/v1/work-items?limit=200")).Items.ToDictionary(item => item.GetProperty("code").GetString()!);
        var periods = (await api.GetAsync("/api/v1/consultations?limit=200")).Items.ToDictionary(period => period.GetProperty("code").GetString()!);

        await HoldsAsync("/api/v1/deadlines", "code", line => NumberOf(line, "workItem"));
        await HoldsAsync("/api/v1/deadlines", "updated", line => line.GetProperty("updated").GetDateTime().Ticks);
        await HoldsAsync("/api/v1/deadlines", "updated", line => items[line.GetProperty("workItem").GetString()!].GetProperty("updated").GetDateTime().Ticks);
        await HoldsAsync("/api/v1/deadlines", "deadline", line => line.GetProperty("instant").GetDateTime().Ticks);
        await HoldsAsync("/api/v1/events", "code", line => NumberOf(line, "workItem") * 10_000 + line.GetProperty("sequence").GetInt32());
        await HoldsAsync("/api/v1/comments", "code", line => NumberOf(line, "consultation"));
        await HoldsAsync("/api/v1/comments", "deadline", line => periods[line.GetProperty("consultation").GetString()!].GetProperty("closesAt").GetDateTime().Ticks);
        await HoldsAsync("/api/v1/committees/sac-tc28-sc42/plan", "code", line => NumberOf(line, "code"));
        await HoldsAsync("/api/v1/committees/sac-tc28-sc42/plan", "updated", line => items[line.GetProperty("code").GetString()!].GetProperty("updated").GetDateTime().Ticks);

        async Task HoldsAsync(string path, string sort, Func<JsonElement, long> value)
        {
            var (up, down) = ((await api.GetAsync($"{path}?limit=200&sort={sort}")).Items.Select(value).ToList(), (await api.GetAsync($"{path}?limit=200&sort=-{sort}")).Items.Select(value).ToList());
            Assert.InRange(up.Distinct().Count(), 2, 200);
            Assert.Equal(up.Order(), up);
            Assert.Equal(down.OrderDescending(), down);
        }

        static long NumberOf(JsonElement line, string property) => long.Parse(line.GetProperty(property).GetString()![2..], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Events_of_one_work_item_and_comments_of_one_period_are_had_in_every_order()
    {
        var api = await app.Given.ProgramOfAsync("admin");
        var period = await app.Given.OpenConsultationAsync();
        await app.Given.CommentsAsync(period, "一", "二", "三");
        foreach (var (path, orders) in new[] { ("/api/v1/events?workItem=w-1026", "updated -updated code -code"), ($"/api/v1/comments?consultation={period.Number}", "updated -updated code -code deadline -deadline") })
        {
            var all = (await api.GetAsync($"{path}&limit=200")).Items.Select(line => line.ToString()).Order(StringComparer.Ordinal).ToList();
            Assert.InRange(all.Count, 3, 199);
            foreach (var sort in orders.Split(' ')) Assert.Equal(all, (await api.GetAsync($"{path}&limit=200&sort={sort}")).Items.Select(line => line.ToString()).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_lists_of_work_items_are_ordered_as_they_say()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");

        var codes = await OfAsync("code", item => int.Parse(item.GetProperty("code").GetString()![2..], System.Globalization.CultureInfo.InvariantCulture));
        var updated = await OfAsync("-updated", item => item.GetProperty("updated").GetDateTime());
        var deadlines = await OfAsync("deadline", item => item.GetProperty("nextDeadline") is { ValueKind: JsonValueKind.String } due ? due.GetDateTime() : DateTime.MaxValue);

        Assert.Equal(codes.Order(), codes);
        Assert.Equal(updated.OrderDescending(), updated);
        Assert.Equal(deadlines.Order(), deadlines);

        async Task<List<T>> OfAsync<T>(string sort, Func<JsonElement, T> value) => [.. (await api.GetAsync($"/api/v1/work-items?limit=200&sort={sort}")).Items.Select(value)];
    }

    [Fact]
    public async Task A_cursor_that_was_changed_or_belongs_elsewhere_is_refused()
    {
        var api = app.Api();
        var cursor = (await api.GetAsync("/api/v1/work-items?limit=2")).Next!;
        foreach (var path in new[]
        {
            $"/api/v1/work-items?limit=2&cursor={cursor[..^4]}AAAA", $"/api/v1/work-items?limit=2&cursor=x", $"/api/v1/work-items?limit=2&sort=-code&cursor={cursor}",
            $"/api/v1/work-items?limit=2&phase=drafting&cursor={cursor}", $"/api/v1/foreign-projects?limit=2&cursor={cursor}", $"/api/v1/work-items?cursor={new string('A', 3000)}",
        })
        {
            var answer = await api.GetAsync(path);
            Assert.Equal((422, "application/problem+json", "api.cursor"), (answer.Status, answer.MediaType, answer.Code));
        }
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("sort=title", "sort")]
    [InlineData("phase=lunch", "phase")]
    [InlineData("state=asleep", "state")]
    public async Task What_no_list_knows_is_refused_beside_its_name(string query, string field)
    {
        var answer = await app.Api().GetAsync($"/api/v1/work-items?{query}");

        Assert.Equal(422, answer.Status);
        Assert.NotEmpty(answer.Json.GetProperty("errors").GetProperty(field)[0].GetString()!);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("sort=deadline", "sort")]
    [InlineData("cursor=x", "cursor")]
    public async Task Short_lists_keep_to_the_same_rules(string query, string field)
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        foreach (var path in new[] { "/api/v1/processes", "/api/v1/saved-filters" })
        {
            var answer = await api.GetAsync($"{path}?{query}");

            Assert.Equal(422, answer.Status);
            Assert.NotEmpty(answer.Json.GetProperty("errors").GetProperty(field)[0].GetString()!);
        }
    }

    [Fact]
    public async Task A_value_or_a_body_that_cannot_be_read_is_named_in_the_language_of_the_reader()
    {
        var (stranger, api) = (app.Api(), await app.Given.ProgramOfAsync("li.wei"));
        var limit = await stranger.GetAsync("/api/v1/work-items?limit=many");
        var day = await stranger.GetAsync("/api/v1/deadlines?from=today");
        var field = await api.PostAsync("/api/v1/work-items", """{"committee":"sac-tc28-sc42","process":"pre-research","proposal":{"titleZh":7}}""");
        var body = await api.PostAsync("/api/v1/work-items", "{");
        var address = await stranger.GetAsync("/api/v1/nothing");
        var method = await api.PostAsync("/api/v1/deadlines", new { });
        var byStranger = await stranger.PostAsync("/api/v1/deadlines", new { });

        Assert.Equal([400, 400, 400, 400, 404, 405, 401], [limit.Status, day.Status, field.Status, body.Status, address.Status, method.Status, byStranger.Status]);
        Assert.Equal("application/problem+json", byStranger.MediaType);
        Assert.NotEmpty(limit.Json.GetProperty("errors").GetProperty("limit")[0].GetString()!);
        Assert.NotEmpty(day.Json.GetProperty("errors").GetProperty("from")[0].GetString()!);
        Assert.NotEmpty(field.Json.GetProperty("errors").GetProperty("proposal.titleZh")[0].GetString()!);
        Assert.Equal("api.unreadable", body.Code);
        Assert.Contains("GET", method.Of("detail"), StringComparison.Ordinal);
        Assert.DoesNotMatch("[\u4e00-\u9fff]", byStranger.Of("title"));
        Assert.All([limit, day, address], answer => Assert.DoesNotMatch("[\u4e00-\u9fff]|page", answer.Of("detail")));
        Assert.Matches("[\u4e00-\u9fff]", body.Of("detail"));
    }

    [Theory]
    [InlineData("/api/v1/work-items?q=%00")]
    [InlineData("/api/v1/work-items?committee=a%00b")]
    [InlineData("/api/v1/committees?parent=%00")]
    [InlineData("/api/v1/foreign-projects?type=%00")]
    [InlineData("/api/v1/events?type=%00")]
    [InlineData("/api/v1/consultations?open=true&sort=%00")]
    public async Task A_character_that_no_database_keeps_is_refused(string path)
    {
        var answer = await app.Api().GetAsync(path);

        Assert.Equal((422, "validation.characters"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_filters_of_foreign_projects_are_those_of_the_page()
    {
        foreach (var filter in new[] { "q=22989", "type=TR", "stage=40", "committee=iso-iec-jtc-1-sc-42", "q=none-such" })
        {
            var page = await app.Visitor().OpenAsync($"/international?{filter}");
            var listed = page.Links.Select(link => link.Split('/')[^1]).Where(number => int.TryParse(number, out _)).Distinct().Order(StringComparer.Ordinal);
            var answered = (await app.Api().GetAsync($"/api/v1/foreign-projects?limit=50&{filter}")).Items.Select(item => item.GetProperty("number").ToString()).Order(StringComparer.Ordinal);
            Assert.Equal(listed, answered);
        }
    }

    [Theory]
    [InlineData("q=42")]
    [InlineData("kind=WorkingGroup")]
    [InlineData("status=dormant&kind=subcommittee")]
    [InlineData("q=%E4%BA%BA%E5%B7%A5&kind=subcommittee&status=active")]
    [InlineData("q=none-such")]
    public async Task The_filters_of_committees_are_those_of_the_page(string filter)
    {
        var page = await app.Visitor().OpenAsync($"/committees?{filter}");
        using var file = await app.Visitor().GetAsync($"/exports/committees/json?{filter}");
        var kept = JsonSerializer.Deserialize<JsonElement>(await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).EnumerateArray().Select(line => line.GetProperty("code").GetString()!).ToList();
        var found = new List<string>();
        for (var path = $"/api/v1/committees?{filter}&limit=2"; path.Length > 0;)
        {
            var part = await app.Api().GetAsync(path);
            Assert.Equal(200, part.Status);
            found.AddRange(part.Items.Select(item => item.GetProperty("code").GetString()!));
            path = part.Next is { } next ? $"/api/v1/committees?{filter}&limit=2&cursor={Uri.EscapeDataString(next)}" : "";
        }

        Assert.Equal(found.Order(StringComparer.Ordinal), found);
        Assert.Equal(kept, found);
        Assert.True(page.Says($"{found.Count} 个组织"), page.Text);
    }

    [Theory]
    [InlineData("/api/v1/work-items?limit=many", 400)]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/api/v1/work-items/w-999999", 404)]
    [InlineData("/api/v1/committees/none", 404)]
    [InlineData("/api/v1/foreign-projects/1", 404)]
    public async Task Every_refusal_is_problem_details(string path, int status)
    {
        var answer = await app.Api().GetAsync(path);

        Assert.Equal((status, "application/problem+json", status), (answer.Status, answer.MediaType, answer.Json.GetProperty("status").GetInt32()));
        Assert.NotEmpty(answer.Of("title"));
        Assert.NotEmpty(answer.Of("detail"));
    }

    [Theory]
    [InlineData("/api/v1/work-items?state=mine")]
    [InlineData("/api/v1/work-items?state=followed")]
    [InlineData("/api/v1/work-items?state=mine&format=csv")]
    [InlineData("/api/v1/committees/sac-tc28-sc42/plan?state=mine")]
    public async Task What_is_somebodys_own_needs_somebody(string path)
    {
        var visitor = await app.Api().GetAsync(path);

        Assert.Equal((401, "application/problem+json", "api.tokenNeeded"), (visitor.Status, visitor.MediaType, visitor.Code));
        Assert.Equal(200, (await (await app.Given.ProgramOfAsync("li.wei")).GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/api/v1/work-items?phase=1", "phase", "preResearch, drafting")]
    [InlineData("/api/v1/work-items?phase=drafting,conversion", "phase", "preResearch, drafting")]
    [InlineData("/api/v1/deadlines?status=0", "status", "running, met")]
    [InlineData("/api/v1/mails?state=1", "state", "waiting, claimed")]
    [InlineData("/api/v1/committees?kind=1", "kind", "workingGroup")]
    [InlineData("/api/v1/committees?status=2", "status", "dormant")]
    public async Task A_filter_takes_names_and_no_numbers(string path, string field, string names)
    {
        var answer = await (await app.Given.ProgramOfAsync("admin")).GetAsync(path);

        Assert.Equal((422, "filter.unknown"), (answer.Status, answer.Code));
        Assert.Contains(names, answer.Json.GetProperty("errors").GetProperty(field)[0].GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/committees?kind=1&status=2", "/committees")]
    [InlineData("/admin/outbox?state=2", "/admin/outbox")]
    [InlineData("/work-items?phase=1", "/work-items")]
    public async Task A_page_takes_a_number_in_a_filter_as_it_takes_nonsense(string path, string plain) =>
        Assert.Equal((await app.As("admin").OpenAsync(plain)).Text, (await app.As("admin").OpenAsync(path)).Text);

    [Theory]
    [InlineData("1")]
    [InlineData("\"1\"")]
    public async Task A_body_takes_names_and_no_numbers(string status)
    {
        var api = await app.Given.ProgramOfAsync("admin");

        var answer = await api.PostAsync("/api/v1/committees", $$"""{"parent":"sac-tc28-sc42","kind":"workingGroup","status":{{status}},"designation":"SAC/TC28/SC42/WG-NUM","nameZh":"数"}""");

        Assert.Equal((400, "api.value"), (answer.Status, answer.Code));
        Assert.True(answer.Json.GetProperty("errors").TryGetProperty("status", out _), answer.Text);
    }

    [Fact]
    public async Task The_filters_are_those_of_the_page()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        foreach (var filter in new[] { "q=%E4%BA%BA%E5%B7%A5", "committee=sac-tc28-sc42", "phase=drafting", "state=late", "state=blocked", "state=running", "state=ended", "state=comment", "q=none-such", "process=gb-t-normal", "process=gb-t-normal&stage=20" })
        {
            var page = await app.As("li.wei").OpenAsync($"/work-items?{filter}");
            var listed = page.Links.Select(link => link.Split('/')[^1]).Where(code => code.StartsWith("w-", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
            var answered = (await api.GetAsync($"/api/v1/work-items?limit=50&{filter}")).Items.Select(item => item.GetProperty("code").GetString()!).Order(StringComparer.Ordinal);
            Assert.Equal(listed, answered);
        }
    }

    [Fact]
    public async Task A_program_sees_what_its_person_sees_and_a_stranger_what_is_public()
    {
        await app.RunAsync(new Web.Features.WorkItems.ProposeWorkItem("sac-tc28-sc42", "pre-research", new() { TitleZh = "内部预研" }, IsPublic: false));
        var hidden = await app.Db(db => db.WorkItems.Where(item => !item.IsPublic).Select(item => item.Code).FirstAsync());
        var member = await app.Given.ProgramOfAsync("li.wei", mayWrite: false);

        Assert.Equal(200, (await member.GetAsync($"/api/v1/work-items/{hidden}")).Status);
        Assert.Equal(404, (await app.Api().GetAsync($"/api/v1/work-items/{hidden}")).Status);
        foreach (var path in new[] { "/api/v1/work-items", "/api/v1/events", "/api/v1/deadlines" })
        {
            Assert.DoesNotContain(hidden, (await app.Api().GetAsync($"{path}?limit=200")).Text, StringComparison.Ordinal);
            Assert.All((await app.Api().GetAsync($"{path}?limit=200")).Items, item => Assert.NotEqual(hidden, item.TryGetProperty("workItem", out var code) ? code.GetString() : ""));
        }

        Assert.Contains(hidden, (await member.GetAsync("/api/v1/work-items?limit=200&sort=-code")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.org", string.Concat(await Task.WhenAll(ListPaths.Select(async path => (await app.Api().GetAsync($"{path}?limit=200")).Text))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_work_item_is_proposed_led_attested_and_advanced_by_a_program()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var proposed = await api.PostAsync("/api/v1/work-items", new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = "由程序立项", titleEn = "Proposed by a program" } });
        Assert.Equal(201, proposed.Status);
        Assert.Equal($"/api/v1/work-items/{proposed.Of("code")}", proposed.Location);
        var path = proposed.Location!;

        var leader = await app.Db(db => db.People.Where(person => person.Email == "liu.yang@example.org").Select(person => person.Id).SingleAsync());
        var edited = await api.PostAsync($"{path}/edit", new { leader, draftingOrganizations = new[] { "演示标准研究院" }, isPublic = true }, ("If-Match", proposed.Tag!));
        Assert.Equal((200, "刘洋"), (edited.Status, edited.Of("leader")));
        var step = edited.Json.GetProperty("next").EnumerateArray().First(next => next.GetProperty("kind").GetString() == "forward");
        Assert.True(step.GetProperty("isOpen").GetBoolean(), step.ToString());

        var advanced = await api.PostAsync($"{path}/advance", new { transition = step.GetProperty("transition").GetString() }, ("If-Match", edited.Tag!));

        Assert.Equal(200, advanced.Status);
        Assert.Equal(step.GetProperty("to").GetString(), advanced.Json.GetProperty("tracks")[0].GetProperty("stage").GetString());
        Assert.True((await app.As("li.wei").OpenAsync($"/work-items/{proposed.Of("code")}")).Says("由程序立项"));
        var shut = advanced.Json.GetProperty("next").EnumerateArray().First(next => !next.GetProperty("isOpen").GetBoolean());
        var refused = await api.PostAsync($"{path}/advance", new { transition = shut.GetProperty("transition").GetString() }, ("If-Match", advanced.Tag!));
        Assert.Equal(422, refused.Status);
        Assert.StartsWith("gate.", refused.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_or_missing_If_Match_changes_nothing()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var path = (await api.PostAsync("/api/v1/work-items", new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = "版本" } })).Location!;
        var seen = await api.GetAsync(path);
        Assert.Equal(304, (await api.GetAsync(path, ("If-None-Match", seen.Tag!))).Status);

        Assert.Equal(200, (await api.PostAsync($"{path}/proposal", new { titleZh = "版本二" }, ("If-Match", seen.Tag!))).Status);
        var stale = await api.PostAsync($"{path}/proposal", new { titleZh = "版本三" }, ("If-Match", seen.Tag!));
        var blind = await api.PostAsync($"{path}/proposal", new { titleZh = "版本四" });
        var forged = await api.PostAsync($"{path}/proposal", new { titleZh = "版本五" }, ("If-Match", "\"x\""));

        Assert.Equal((412, "conflict"), (stale.Status, stale.Code));
        Assert.Contains("李伟", stale.Of("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("下方", stale.Of("detail"), StringComparison.Ordinal);
        Assert.Equal((428, 428), (blind.Status, forged.Status));
        Assert.Equal("版本二", (await api.GetAsync(path)).Json.GetProperty("title").GetProperty("zh").GetString());
    }

    [Fact]
    public async Task The_same_post_sent_again_with_its_key_does_it_once()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var body = new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = "只有一次" } };

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.PostAsync("/api/v1/work-items", body, ("Idempotency-Key", "k-1"))));

        Assert.All(answers, answer => Assert.Equal((201, answers[0].Of("code")), (answer.Status, answer.Of("code"))));
        Assert.Equal(1, await app.Db(db => db.WorkItems.CountAsync(item => item.Title.Zh == "只有一次")));
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_refused_and_changes_nothing()
    {
        var (api, other) = (await app.Given.ProgramOfAsync("li.wei"), await app.Given.ProgramOfAsync("wang.fang"));
        Task<Driver.ApiAnswer> ProposeAsync(Driver.ApiClient who, string title) =>
            who.PostAsync("/api/v1/work-items", new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = title } }, ("Idempotency-Key", "k-2"));

        var first = await ProposeAsync(api, "用过的键");
        var reused = await ProposeAsync(api, "另一个请求");
        var again = await ProposeAsync(api, "用过的键");

        Assert.Equal((422, "api.keyOfAnother"), (reused.Status, reused.Code));
        Assert.Equal((201, first.Of("code")), (again.Status, again.Of("code")));
        Assert.Equal(201, (await ProposeAsync(other, "别人的同名键")).Status);
        Assert.Equal(0, await app.Db(db => db.WorkItems.CountAsync(item => item.Title.Zh == "另一个请求")));
    }

    [Fact]
    public async Task What_changes_something_needs_a_token_that_may_and_a_person_who_may()
    {
        var body = new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = "不许" } };
        var stranger = await app.Api().PostAsync("/api/v1/work-items", body);
        var wrong = await app.Api("stdw_wrong-wrong-wrong-wrong-wrong").PostAsync("/api/v1/work-items", body);
        var reader = await (await app.Given.ProgramOfAsync("li.wei", mayWrite: false)).PostAsync("/api/v1/work-items", body);
        var observer = await (await app.Given.ProgramOfAsync("sun.li")).PostAsync("/api/v1/work-items", body);

        Assert.Equal((401, "api.tokenNeeded"), (stranger.Status, stranger.Code));
        Assert.Equal((401, "api.tokenUnknown"), (wrong.Status, wrong.Code));
        Assert.Equal((403, "api.tokenReadsOnly"), (reader.Status, reader.Code));
        Assert.Equal((403, "notAllowed"), (observer.Status, observer.Code));
        Assert.Equal(0, await app.Db(db => db.WorkItems.CountAsync(item => item.Title.Zh == "不许")));
    }

    [Fact]
    public async Task A_cookie_opens_nothing_at_the_API()
    {
        using var answer = await app.As("li.wei").GetAsync("/api/v1/comments");

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"committee":1}""")]
    [InlineData("""{"committee":"sac-tc28-sc42","process":"pre-research","proposal":{"titleZh":"x"},"surprise":1}""")]
    public async Task A_body_that_cannot_be_read_is_refused(string body)
    {
        var answer = await (await app.Given.ProgramOfAsync("li.wei")).PostAsync("/api/v1/work-items", body);

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task A_visitor_comments_and_the_secretariat_disposes_by_program()
    {
        var period = await app.Given.OpenConsultationAsync();
        var sent = await app.Api().PostAsync($"/api/v1/consultations/{period.Number}/submissions", new { comments = new[] { new { clause = "4.1", type = "technical", text = "请说明单位" } }, name = "来自程序", mayPublishName = true });
        Assert.Equal(201, sent.Status);
        var api = await app.Given.ProgramOfAsync("li.wei");
        var comment = (await api.GetAsync($"/api/v1/comments?consultation={period.Number}&disposed=false")).Items.Single();

        var disposed = await api.PostAsync(
            $"/api/v1/comments/{sent.Of("receipt")}/1/dispose", new { disposition = "accepted" }, ("If-Match", $"\"{comment.GetProperty("version").GetInt32()}\""));

        Assert.Equal(204, disposed.Status);
        Assert.Empty((await api.GetAsync($"/api/v1/comments?consultation={period.Number}&disposed=false")).Items);
        Assert.True((await app.Visitor().OpenAsync(sent.Location!)).Says("采纳"));
    }

    [Fact]
    public async Task A_comment_period_says_its_version_and_is_lengthened_and_ended_with_it()
    {
        var period = await app.Given.OpenConsultationAsync();
        var receipt = await app.Given.CommentsAsync(period, "请说明单位");
        var api = await app.Given.ProgramOfAsync("li.wei");
        var path = $"/api/v1/consultations/{period.Number}";

        var seen = await api.GetAsync(path);
        var lengthened = await api.PostAsync($"{path}/lengthen", new { to = period.ClosesOn.AddDays(10), reason = "应成员要求" }, ("If-Match", seen.Tag!));
        var stale = await api.PostAsync($"{path}/end", new { reason = "过时" }, ("If-Match", seen.Tag!));
        var ended = await api.PostAsync($"{path}/end", new { reason = "提前结束" }, ("If-Match", (await api.GetAsync(path)).Tag!));
        var sent = await app.Api().GetAsync($"/api/v1/comments/{receipt}");

        Assert.Equal([204, 412, 204], [lengthened.Status, stale.Status, ended.Status]);
        Assert.Equal((period.Number, "请说明单位"), (sent.Of("consultation"), sent.Json.GetProperty("comments")[0].GetProperty("text").GetString()));
        Assert.Equal(404, (await app.Api().GetAsync("/api/v1/comments/NONE")).Status);
    }

    [Fact]
    public async Task Who_forgets_to_say_whether_it_is_public_does_not_hide_it()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var item = await api.PostAsync("/api/v1/work-items", new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = "仍然公开" } });

        var edited = await api.PostAsync($"{item.Location}/edit", new { internationalReference = "ISO/IEC 42001" }, ("If-Match", item.Tag!));

        Assert.Equal(422, edited.Status);
        Assert.NotEmpty(edited.Json.GetProperty("errors").GetProperty("isPublic")[0].GetString()!);
        Assert.Equal(200, (await app.Api().GetAsync(item.Location!)).Status);
    }

    [Fact]
    public async Task A_proposal_that_was_read_can_be_sent_back_changed()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var path = (await api.PostAsync("/api/v1/work-items", new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = "来回", purpose = "保留" } })).Location!;

        var read = await api.GetAsync($"{path}/proposal");
        var sent = await api.PostAsync($"{path}/proposal", read.Text.Replace("来回", "去回", StringComparison.Ordinal), ("If-Match", read.Tag!));
        var after = await api.GetAsync($"{path}/proposal");

        Assert.Equal(200, sent.Status);
        Assert.Equal(("去回", "保留"), (after.Of("titleZh"), after.Of("purpose")));
    }

    [Fact]
    public async Task The_tail_of_the_timeline_is_there_for_programs()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");
        var made = await api.PostAsync("/api/v1/work-items", new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = "时间线" } });

        var events = (await api.GetAsync($"/api/v1/events?workItem={made.Of("code")}&sort=updated")).Items;

        Assert.Equal([nameof(WorkItemProposed), nameof(TrackStarted)], events.Select(written => written.GetProperty("type").GetString()).Order(StringComparer.Ordinal).Reverse());
        Assert.All(events, written => Assert.Equal("李伟", written.GetProperty("actor").GetString()));
    }
}
