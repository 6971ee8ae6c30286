using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Exports;

/// <summary>Lists as files and feeds: the rows and rights of the page, whole, and harmless to who opens them.</summary>
public class ExportTests(App app) : IClassFixture<App>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom", Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", "编号,中文名称,英文名称")]
    [InlineData("en", "Code,Chinese title,English title")]
    public async Task A_list_is_a_csv_file_that_Excel_can_read_with_headings_in_the_language_of_the_reader(string language, string headings)
    {
        using var answer = await app.Visitor().In(language).GetAsync("/exports/work-items/csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("work-items-2026-11-23.csv", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith(headings, Encoding.UTF8.GetString(bytes[3..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("li.wei", "?q=人工智能&sort=-code")]
    [InlineData("li.wei", "?state=running&committee=sac-tc28-sc42")]
    [InlineData("li.wei", "?state=late&sort=deadline")]
    [InlineData("", "?phase=Drafting&sort=number")]
    [InlineData("", "?state=no-such-state")]
    public async Task A_file_holds_what_the_page_lists_for_the_same_reader_in_the_same_order(string person, string filter)
    {
        var page = await Of(person).OpenAsync("/work-items" + filter);
        var rows = await CsvAsync(person, "/exports/work-items/csv" + filter);

        Assert.True(page.Rows().Count is > 0 and < 50, $"{page.Rows().Count}");
        Assert.Equal(page.Rows().Select(row => row[0]), rows.Skip(1).Select(row => row[0]));
        Assert.Contains(page.Links, link => link.StartsWith("/exports/work-items/xlsx?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_public_is_in_nobody_elses_file()
    {
        var hidden = await app.Db(db => db.WorkItems.Where(item => !item.IsPublic).Select(item => item.Code).ToListAsync(Stop));
        var (mine, theirs) = (await CsvAsync("li.wei", "/exports/work-items/csv"), await CsvAsync("", "/exports/work-items/csv"));

        Assert.NotEmpty(hidden);
        Assert.All(hidden, code => Assert.Contains(mine, row => row[0] == code));
        Assert.All(hidden, code => Assert.DoesNotContain(theirs, row => row[0] == code));
        Assert.Equal(await app.Db(db => db.WorkItems.CountAsync(item => item.IsPublic, Stop)), theirs.Count - 1);
    }

    [Theory]
    [InlineData("foreign-projects")]
    [InlineData("committees")]
    [InlineData("consultations")]
    [InlineData("deadlines")]
    [InlineData("processes")]
    [InlineData("events?workItem=w-1026")]
    [InlineData("members?committee=sac-tc28-sc42")]
    [InlineData("plans?committee=sac-tc28-sc42")]
    public async Task Every_list_comes_in_every_format_with_as_many_rows(string asked)
    {
        var (list, query) = asked.Split('?') is [var name, var rest] ? (name, "?" + rest) : (asked, "");
        var csv = await CsvAsync("", $"/exports/{list}/csv{query}");
        using var json = JsonDocument.Parse(await BytesAsync("", $"/exports/{list}/json{query}"));
        var xlsx = await SheetAsync("", $"/exports/{list}/xlsx{query}");

        Assert.InRange(csv.Count, 2, 10_000);
        Assert.Equal([csv.Count - 1, csv.Count], [json.RootElement.GetArrayLength(), xlsx.Count]);
        Assert.Equal(csv[0].Count, json.RootElement[0].EnumerateObject().Count());
        Assert.Equal(csv[0], xlsx[0]);
        Assert.All(csv, row => Assert.Equal(csv[0].Count, row.Count));
    }

    [Fact]
    public async Task A_cell_that_a_spreadsheet_would_calculate_is_made_text()
    {
        var code = await app.Given.ProposedAsync(new LocalizedText("=HYPERLINK(\"http://example.org\",\"看\")", "@SUM(1+1), a \"title\""));
        var rows = await CsvAsync("li.wei", $"/exports/work-items/csv?q={code}");
        var cells = (await SheetAsync("li.wei", $"/exports/work-items/xlsx?q={code}"))[1];
        using var json = JsonDocument.Parse(await BytesAsync("li.wei", $"/exports/work-items/json?q={code}"));

        Assert.Equal([code, "'=HYPERLINK(\"http://example.org\",\"看\")", "'@SUM(1+1), a \"title\""], rows[1].Take(3));
        Assert.Equal(rows[1].Take(3), cells.Take(3));
        Assert.Equal("@SUM(1+1), a \"title\"", json.RootElement[0].GetProperty("titleEn").GetString());
    }

    [Fact]
    public async Task Comments_go_only_to_who_may_read_them()
    {
        var code = await app.Db(db => db.Comments.Join(db.Consultations, comment => comment.ConsultationId, period => period.Id, (_, period) => period.Code).FirstAsync(Stop));
        var rows = await CsvAsync("li.wei", $"/exports/comments/csv?consultation={code}");
        using var refused = await app.Visitor().GetAsync($"/exports/comments/csv?consultation={code}");
        using var unknown = await app.As("li.wei").GetAsync("/exports/comments/csv?consultation=c-9999");

        Assert.InRange(rows.Count, 2, 1000);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [refused.StatusCode, unknown.StatusCode]);
    }

    [Fact]
    public async Task All_comments_that_somebody_may_read_are_one_file_and_nobody_elses_are_in_it()
    {
        var all = await app.Db(db => db.Comments.CountAsync(Stop));
        var (mine, theirs, open) = (await CsvAsync("admin", "/exports/comments/csv"), await CsvAsync("", "/exports/comments/csv"), await CsvAsync("admin", "/exports/comments/csv?state=open"));

        Assert.Equal((all + 1, 1), (mine.Count, theirs.Count));
        Assert.Equal(1 + await app.Db(db => db.Comments.CountAsync(comment => comment.Disposition == null, Stop)), open.Count);
        Assert.DoesNotContain("<entry>", await (await app.Visitor().GetAsync("/feeds/comments")).Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sent_a_comment_without_consent_to_be_named_is_told_only_to_those_who_answer_it()
    {
        var period = await app.Given.OpenConsultationAsync();
        await app.Given.CommentsAsync(period, "请核对");

        foreach (var (person, named) in new[] { ("li.wei", true), ("chen.jing", false) })
        {
            var (program, file) = (await app.Given.ProgramOfAsync(person), await CsvAsync(person, $"/exports/comments/csv?consultation={period.Number}"));
            var sender = (await program.GetAsync($"/api/v1/comments?consultation={period.Number}")).Items.Single().GetProperty("sender").GetString();
            var whole = await program.GetAsync($"/api/v1/comments?consultation={period.Number}&format=csv");

            Assert.Equal((named ? "何静" : null, named), (sender, whole.Text.Contains("何静", StringComparison.Ordinal)));
            Assert.Contains(named ? "何静" : "", file[1]);
            Assert.Contains("演示视觉科技公司", file[1]);
        }
    }

    [Fact]
    public async Task Requests_are_in_the_feed_of_who_may_see_them_only()
    {
        var mine = await (await app.As("li.wei").GetAsync("/feeds/requests?show=all")).Content.ReadAsStringAsync(Stop);
        var theirs = await (await app.Visitor().GetAsync("/feeds/requests?show=all")).Content.ReadAsStringAsync(Stop);

        Assert.Contains("<entry>", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("<entry>", theirs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_of_members_go_only_to_who_manages_members()
    {
        const string members = "/exports/members/csv?committee=sac-tc28-sc42";
        var (open, whole) = (await CsvAsync("", members), await CsvAsync("admin", members));
        var address = open[0].ToList().IndexOf("电子邮箱");

        Assert.All(open.Skip(1), row => Assert.Equal("", row[address]));
        Assert.Contains(whole, row => row[address] == "li.wei@example.org");
        Assert.Equal(open.Count, whole.Count);
    }

    [Theory]
    [InlineData("/exports/no-such-list/csv")]
    [InlineData("/exports/work-items/pdf")]
    [InlineData("/exports/members/csv?committee=no-such-committee")]
    [InlineData("/exports/plans/csv?committee=no-such-committee")]
    [InlineData("/feeds/no-such-list")]
    [InlineData("/feeds/members?committee=no-such-committee")]
    [InlineData("/feeds/plans?committee=no-such-committee")]
    [InlineData("/feeds/comments?consultation=c-1001")]
    [InlineData("/api/v1/committees/no-such-committee/plan?format=csv")]
    [InlineData("/feeds/work-items/w-9999")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var answer = await app.Visitor().GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_api_gives_a_whole_list_as_a_file_by_parameter_or_by_what_is_accepted_and_refuses_an_unknown_format()
    {
        var named = await app.Api().GetAsync("/api/v1/committees?format=csv");
        var accepted = await app.Api().GetAsync("/api/v1/committees", ("Accept", "text/csv"));
        var part = await app.Api().GetAsync("/api/v1/committees?limit=2", ("Accept", "application/json"));
        var refused = await app.Api().GetAsync("/api/v1/committees?format=exe");

        Assert.Equal(("text/csv", named.Text), (named.MediaType, accepted.Text));
        Assert.Equal(2, part.Items.Count);
        Assert.Equal((422, "filter.unknown"), (refused.Status, refused.Code));
        Assert.Contains("sac-tc28-sc42", named.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("work-items?state=nonsense", "filter.unknown")]
    [InlineData("work-items?phase=99", "filter.unknown")]
    [InlineData("work-items?sort=no-such-order", "api.sort")]
    [InlineData("deadlines?status=nonsense", "filter.unknown")]
    [InlineData("deadlines?from=yesterday", "api.value")]
    [InlineData("consultations?open=perhaps", "api.value")]
    [InlineData("requests?show=nonsense", "filter.unknown")]
    public async Task The_api_refuses_for_a_file_what_its_list_refuses(string asked, string code)
    {
        var program = await app.Given.ProgramOfAsync("li.wei");
        var (list, file) = (await program.GetAsync($"/api/v1/{asked}"), await program.GetAsync($"/api/v1/{asked}&format=csv"));

        Assert.Equal((list.Status, code), (file.Status, file.Code));
        Assert.Equal(code, list.Code);
    }

    [Theory]
    [InlineData("work-items?committee=no-such-committee", 0)]
    [InlineData("work-items?process=no-such-process", 0)]
    [InlineData("work-items?state=running&committee=sac-tc28-sc42", null)]
    [InlineData("committees?parent=sac-tc28", null)]
    public async Task A_file_of_the_api_holds_what_its_list_holds(string asked, int? rows)
    {
        var list = await app.Api().GetAsync($"/api/v1/{asked}&limit=200");
        var file = await app.Api().GetAsync($"/api/v1/{asked}&format=json");

        var codes = list.Items.Select(line => line.GetProperty("code").GetString()).ToList();
        if (rows is { } expected) Assert.Equal(expected, codes.Count);
        else Assert.InRange(codes.Count, 1, 199);
        Assert.Equal(codes.Order(StringComparer.Ordinal), JsonDocument.Parse(file.Text).RootElement.EnumerateArray().Select(line => line.GetProperty("code").GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/feeds/work-items", "标准项目")]
    [InlineData("/feeds/foreign-projects", "国际")]
    [InlineData("/feeds/consultations", "征求意见")]
    [InlineData("/feeds/committees", "技术组织")]
    [InlineData("/feeds/members?committee=sac-tc28-sc42", "成员")]
    [InlineData("/feeds/plans?committee=sac-tc28-sc42", "计划")]
    [InlineData("/feeds/deadlines", "期限")]
    [InlineData("/feeds/processes", "程序")]
    [InlineData("/feeds/events", "经过")]
    [InlineData("/feeds/events?workItem=w-1026&type=StageAdvanced", "经过")]
    [InlineData("/feeds/work-items/w-1026", "w-1026")]
    public async Task A_feed_is_what_Atom_asks_for_and_is_not_sent_twice(string path, string title)
    {
        using var answer = await app.Visitor().GetAsync(path);
        var feed = XDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).Root!;

        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.Contains(title, feed.Element(Atom + "title")!.Value, StringComparison.Ordinal);
        Assert.Equal([$"http://localhost{path}", $"http://localhost{path}"], [feed.Element(Atom + "id")!.Value, LinkOf(feed, "self")]);
        Assert.NotNull(feed.Element(Atom + "author")!.Element(Atom + "name"));
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.InRange(entries.Count, 1, 50);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.All(entries, entry => Assert.True(entry.Element(Atom + "title")!.Value.Length > 0 && DateTimeOffset.Parse(entry.Element(Atom + "updated")!.Value, System.Globalization.CultureInfo.InvariantCulture) > default(DateTimeOffset)));
        Assert.Equal(entries.Max(entry => entry.Element(Atom + "updated")!.Value), feed.Element(Atom + "updated")!.Value);
        using var target = await app.Visitor().GetAsync(new Uri(LinkOf(entries[0], "alternate")).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, target.StatusCode);

        var tag = answer.Headers.ETag!;
        using var again = await app.Visitor().GetAsync(path, ("If-None-Match", tag.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.NotNull(answer.Content.Headers.LastModified);
    }

    [Fact]
    public async Task A_feed_says_its_sentences_in_the_language_of_the_reader_and_nothing_that_is_not_public()
    {
        var hidden = await app.Db(db => db.WorkItems.Where(item => !item.IsPublic).Select(item => item.Code).FirstAsync(Stop));
        var english = await app.Visitor().In("en").GetAsync("/feeds/work-items/w-1026");
        var text = await english.Content.ReadAsStringAsync(Stop);
        var list = await (await app.Visitor().GetAsync("/feeds/work-items")).Content.ReadAsStringAsync(Stop);
        using var refused = await app.Visitor().GetAsync($"/feeds/work-items/{hidden}");

        Assert.Contains("xml:lang=\"en\"", text, StringComparison.Ordinal);
        Assert.Contains("proposed", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain($">{hidden} ", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private Session Of(string person) => person.Length == 0 ? app.Visitor() : app.As(person);

    private async Task<byte[]> BytesAsync(string person, string path)
    {
        using var answer = await Of(person).GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadAsByteArrayAsync(Stop);
    }

    private async Task<List<IReadOnlyList<string>>> CsvAsync(string person, string path)
    {
        var text = Encoding.UTF8.GetString((await BytesAsync(person, path))[3..]);
        var (rows, row, cell, quoted) = (new List<IReadOnlyList<string>>(), new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
            switch (text[at])
            {
                case '"' when quoted && at + 1 < text.Length && text[at + 1] == '"':
                    cell.Append(text[++at]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !quoted:
                    break;
                case '\n' when !quoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    rows.Add(row);
                    row = [];
                    break;
                default:
                    cell.Append(text[at]);
                    break;
            }

        Assert.True(!quoted && row.Count == 0, "The last row is not whole.");
        return rows;
    }

    private async Task<List<List<string>>> SheetAsync(string person, string path)
    {
        using var archive = new ZipArchive(new MemoryStream(await BytesAsync(person, path)));
        Assert.Equal(["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"], archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var part in archive.Entries)
        {
            using var stream = await part.OpenAsync(Stop);
            await XDocument.LoadAsync(stream, LoadOptions.None, Stop);
        }

        using var sheet = await archive.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Stop);
        var rows = (await XDocument.LoadAsync(sheet, LoadOptions.None, Stop)).Descendants(Sheet + "row");
        return [.. rows.Select(row => row.Elements(Sheet + "c").Select(cell => cell.Value).ToList())];
    }

    private static string LinkOf(XElement of, string rel) => of.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == rel).Attribute("href")!.Value;
}
