using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using StdWorkflow.Data;
using StdWorkflow.Domain.Common;
using StdWorkflow.Testing;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

/// <summary>A list of several pages, in a database of its own.</summary>
public class ManyItemsTests(ManyItemsTests.Full full) : IClassFixture<ManyItemsTests.Full>
{
    private const int Many = 1_010;

    [Fact]
    public async Task Fifty_rows_stand_on_a_page_and_the_pager_leads_to_the_others()
    {
        var first = await full.App.As("li.wei").OpenAsync("/work-items?q=multitude-1&sort=-code");
        var second = await first.FollowAsync("下一页");

        Assert.True(first.Says("122 项，第 1–50 项"), first.Text);
        Assert.True(second.Says("122 项，第 51–100 项"));
        Assert.Equal(50, first.Rows().Count);
        Assert.Empty(first.Rows().Select(row => row[0]).Intersect(second.Rows().Select(row => row[0])));
        Assert.Equal("/work-items?q=multitude-1&sort=-code&page=2", second.Path);
        var last = await second.FollowAsync("3");
        Assert.Equal(22, last.Rows().Count);
        Assert.False(last.HasLink("下一页"));
        Assert.Equal(first.Path, (await second.FollowAsync("上一页")).Path);
    }

    [Theory]
    [InlineData("zh-CN", "multitude", "超过 1000 项", "上一页")]
    [InlineData("en", "multitude", "More than 1000 entries", "Previous page")]
    public async Task More_than_a_thousand_are_not_counted_out(string language, string words, string said, string previous)
    {
        var page = await full.App.As("li.wei").In(language).OpenAsync($"/work-items?q={words}&page=20");

        Assert.True(page.Says(said), page.Text);
        Assert.Equal(50, page.Rows().Count);
        Assert.True(page.HasLink(previous));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task Who_takes_a_long_file_slowly_keeps_nobody_waiting(string format)
    {
        var stop = TestContext.Current.CancellationToken;
        using var answer = await full.App.As("li.wei").GetAsync($"/exports/work-items/{format}");
        await using var file = await answer.Content.ReadAsStreamAsync(stop);
        var begin = new byte[100];
        await file.ReadExactlyAsync(begin, stop);

        var code = await full.App.Given.ProposedAsync(new LocalizedText($"写文件时提出的项目 {format}", null));
        var page = await full.App.As("wang.fang").OpenAsync($"/work-items/{code}");
        var list = await full.App.As("wang.fang").OpenAsync("/work-items?q=multitude-1");

        Assert.Equal((HttpStatusCode.OK, 50), (page.Status, list.Rows().Count));
        using var rest = new StreamReader(file, Encoding.UTF8);
        var text = Encoding.UTF8.GetString(begin) + await rest.ReadToEndAsync(stop);
        var found = Regex.Matches(text, "multitude-[0-9]+").Select(match => match.Value).ToList();
        Assert.Equal((Many, Many), (found.Count, found.Distinct().Count()));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_file_that_nobody_takes_is_whole_and_has_left_the_database(string format)
    {
        var stop = TestContext.Current.CancellationToken;
        using var answer = await full.App.As("li.wei").GetAsync($"/exports/work-items/{format}");
        await full.App.Given.ProposedAsync(new LocalizedText($"文件没有人取 {format}", null));

        // On SQLite somebody who still reads keeps the log from being written back, and it grows with every commit.
        if (TestDatabase.ProviderOfThisRun == DatabaseProvider.Sqlite)
        {
            await using var beside = new SqliteConnection(full.App.Database.ConnectionString);
            await beside.OpenAsync(stop);
            await using var command = beside.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            await using var row = await command.ExecuteReaderAsync(stop);
            Assert.True(await row.ReadAsync(stop));
            Assert.True(row.GetInt32(1) > 0 && row.GetInt32(1) == row.GetInt32(2), $"{row.GetInt32(2)} of {row.GetInt32(1)} pages of the log are written back.");
        }

        Assert.Equal(answer.Content.Headers.ContentLength, (await answer.Content.ReadAsByteArrayAsync(stop)).Length);
    }

    [Fact]
    public async Task Who_has_two_files_on_their_way_gets_no_third_by_page_or_api_and_others_get_theirs()
    {
        var program = await full.App.Given.ProgramOfAsync("chen.jing");
        using (await full.App.As("chen.jing").GetAsync("/exports/work-items/json"))
        using (await full.App.As("chen.jing").GetAsync("/exports/work-items/csv"))
        {
            using var page = await full.App.As("chen.jing").GetAsync("/exports/work-items/xlsx");
            var api = await program.GetAsync("/api/v1/work-items?format=csv");
            using var other = await full.App.As("zhao.lei").GetAsync("/exports/work-items/csv");

            Assert.Equal((HttpStatusCode.TooManyRequests, 429, "http.429"), (page.StatusCode, api.Status, api.Code));
            Assert.Equal(TimeSpan.FromSeconds(10), page.Headers.RetryAfter?.Delta);
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        await Eventually.TrueAsync(async () => (await program.GetAsync("/api/v1/work-items?format=csv")).Status == 200);
    }

    [Fact]
    public async Task A_page_past_the_end_shows_the_last_one()
    {
        var page = await full.App.As("li.wei").OpenAsync("/work-items?q=multitude-1&page=77");

        Assert.Equal(22, page.Rows().Count);
        Assert.True(page.Says("122 项，第 101–122 项"));
        Assert.True(page.HasLink("上一页"));
    }

    [Fact]
    public async Task A_page_far_past_what_was_counted_offers_a_way_back()
    {
        var page = await full.App.As("li.wei").OpenAsync("/work-items?q=multitude&page=99999");

        Assert.Empty(page.Rows());
        Assert.True(page.HasLink("1"), page.Text);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_full_page_is_light(string language)
    {
        var page = await full.App.As("li.wei").In(language).OpenAsync("/work-items?q=multitude");

        Assert.Equal(50, page.Rows().Count);
        Assert.InRange(Encoding.UTF8.GetByteCount(page.Source), 1, 60_000);
    }

    /// <summary>The program with more items than are counted.</summary>
    public sealed class Full : IAsyncLifetime
    {
        public App App { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await App.InitializeAsync();
            await App.Given.ManyProposedAsync(Many, number => new LocalizedText($"人工智能 大规模视觉语言模型训练数据质量要求 第 {number} 部分：总则", $"Artificial intelligence — multitude-{number}"));
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
