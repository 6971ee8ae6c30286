using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Committees;

public class DetailsTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_visitor_reads_how_the_subcommittee_was_founded_with_the_source_of_each_fact()
    {
        var page = await app.Visitor().OpenAsync("/committees/sac-tc28-sc42");

        Assert.Equal("全国信息技术标准化技术委员会人工智能分技术委员会 Subcommittee 42 on Artificial Intelligence of SAC/TC28", page.Heading);
        Assert.True(page.Says("2020年8月6日在北京成立。 来源 S00 S01 S02"));
        Assert.True(page.Says("第一次全体会议现场参会专家70余人。"));
        Assert.True(page.Says("第一次全体会议线上参会专家300余人。 来源 S01 S02 另一来源的说法：300 [S00]"));
        Assert.True(page.Says("来源 未核实"));
        Assert.True(page.Says("中国电子技术标准化研究院"));
    }

    [Fact]
    public async Task Every_committee_has_its_page_in_both_languages()
    {
        var committees = await app.Db(db => db.Committees.Select(committee => new { committee.Code, committee.Designation }).ToListAsync());

        Assert.True(committees.Count > 10);
        foreach (var committee in committees)
        {
            foreach (var language in new[] { "zh-CN", "en" })
            {
                var page = await app.Visitor().In(language).OpenAsync($"/committees/{committee.Code}");
                Assert.Equal((committee.Code, HttpStatusCode.OK), (committee.Code, page.Status));
                Assert.True(page.Says(committee.Designation), page.Text);
            }
        }
    }

    [Fact]
    public async Task The_work_plan_of_the_founding_year_stands_line_by_line()
    {
        var page = await app.Visitor().In("en").OpenAsync("/committees/sac-tc28-sc42");

        var plan = page.Document.QuerySelectorAll("main h3").Single(head => Words.Of(head) == "2020").NextElementSibling!;
        Assert.Equal(9, plan.Children.Length);
        Assert.Contains("by 2020-12-31", Words.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_is_seen_from_both_sides()
    {
        var national = await app.Visitor().OpenAsync("/committees/sac-tc28-sc42");
        Assert.True(national.Says("对口国际组织 ISO/IEC JTC 1/SC 42"));

        var international = await national.FollowAsync("ISO/IEC JTC 1/SC 42");
        Assert.Equal("/committees/iso-iec-jtc-1-sc-42", international.Path);
        Assert.True(international.Says("国内对口组织 SAC/TC28/SC42"));
    }

    [Fact]
    public async Task An_international_committee_counts_its_projects_and_leads_to_them()
    {
        var page = await app.Visitor().OpenAsync("/committees/iso-iec-jtc-1-sc-42");
        var list = await page.FollowAsync("42 项");

        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.Equal(42, list.Rows().Count);
    }

    [Fact]
    public async Task The_seats_of_the_medical_device_unit_are_figures_without_people()
    {
        var page = await app.Visitor().OpenAsync("/committees/nmpa-ai-md");

        var seats = page.Document.QuerySelectorAll("#members .tally li").Select(Words.Of).ToList();
        Assert.Equal(2, seats.Count);
        Assert.StartsWith("51 委员席位", seats[0], StringComparison.Ordinal);
        Assert.StartsWith("28 观察员席位", seats[1], StringComparison.Ordinal);
        Assert.Empty(page.Rows());
        Assert.True(page.Says("没有登记在案的人员。 席位数取自来源，不对应具体人员。"));
        Assert.Equal("中国食品药品检定研究院 National Institutes for Food and Drug Control", Words.Of(page.Document.QuerySelectorAll("dt").Single(term => Words.Of(term) == "秘书处承担单位").NextElementSibling));
    }

    [Theory]
    [InlineData("TC28SC42", "sac-tc28-sc42")]
    [InlineData("SAC%2FTC28%2FSC42", "sac-tc28-sc42")]
    [InlineData("SAC-TC28-SC42", "sac-tc28-sc42")]
    [InlineData("tc260", "sac-tc260")]
    [InlineData("ISO%2FIEC%20JTC%201%2FSC%2042", "iso-iec-jtc-1-sc-42")]
    [InlineData("SAC%2FTC28%2FSC42%2FWG-B", "sac-tc28-sc42-wg-basic")]
    public async Task A_designation_in_place_of_the_code_leads_to_the_committee(string designation, string code)
    {
        var page = await app.Visitor().OpenAsync($"/committees/{designation}?on=2024-06-30");

        Assert.True(page.WasRedirected);
        Assert.Equal($"/committees/{code}?on=2024-06-30", page.Path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Theory]
    [InlineData("sac-tc28-sc99")]
    [InlineData("%2F")]
    [InlineData("人工智能")]
    public async Task What_is_no_committee_is_not_found(string code) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync($"/committees/{code}")).Status);

    [Fact]
    public async Task Members_stand_by_position_and_every_invented_one_says_so()
    {
        var page = await app.Visitor().OpenAsync("/committees/sac-tc28-sc42");

        var members = page.Rows();
        Assert.Equal("主任委员", members[0][0]);
        Assert.All(members, member => Assert.Contains("演示", member[1], StringComparison.Ordinal));
        Assert.Contains(members, member => member is ["秘书处工作人员", "李伟 演示", "演示标准研究院", "2024-01-01 起"]);
    }

    [Fact]
    public async Task Addresses_of_members_are_not_for_everybody()
    {
        Assert.DoesNotContain("@example.org", (await app.Visitor().OpenAsync("/committees/sac-tc28-sc42")).Source, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.org", (await app.As("zhao.lei").OpenAsync("/committees/sac-tc28-sc42")).Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2022-02-28", false)]
    [InlineData("2022-03-01", true)]
    [InlineData("2024-12-31", true)]
    [InlineData("2025-01-01", false)]
    public async Task The_members_of_a_day_are_those_whose_term_includes_it(string day, bool served)
    {
        var page = await (await app.Visitor().OpenAsync("/committees/sac-tc28-sc42-rg-products-services")).SubmitAsync(form => form.Fill("查看某一天的组成人员", day));

        Assert.True(page.Says($"{day} 的组成人员"));
        var present = page.Document.QuerySelectorAll("#members > table").Any(table => Words.Of(table).Contains("陈静", StringComparison.Ordinal));
        Assert.Equal(served, present);
    }

    [Fact]
    public async Task Who_served_before_is_folded_away_with_the_term()
    {
        var page = await app.Visitor().OpenAsync("/committees/sac-tc28-sc42-rg-products-services");

        var former = Words.Of(page.Document.QuerySelectorAll("#members details").Single());
        Assert.StartsWith("曾任（1）", former, StringComparison.Ordinal);
        Assert.Contains("陈静", former, StringComparison.Ordinal);
        Assert.Contains("2022-03-01 至 2024-12-31", former, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "“31.12.2024”不是日期")]
    [InlineData("en", "“31.12.2024” is not a date")]
    public async Task A_day_that_cannot_be_read_is_said_and_today_is_shown(string language, string said)
    {
        var page = await app.Visitor().In(language).OpenAsync("/committees/sac-tc28-sc42?on=31.12.2024");

        Assert.True(page.Says(said));
        Assert.Contains("李伟", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_is_told_in_the_readers_language()
    {
        Assert.True((await app.Visitor().OpenAsync("/committees/sac-tc28-sc42")).Says("登记对口：ISO/IEC JTC 1/SC 42。初始数据"));
        Assert.True((await app.Visitor().In("en").OpenAsync("/committees/sac-tc28-sc42")).Says("Registered as mirror of ISO/IEC JTC 1/SC 42.The starter data"));
    }

    [Fact]
    public async Task Only_who_may_manage_is_offered_to()
    {
        var secretariat = await app.As("li.wei").OpenAsync("/committees/sac-tc28-sc42");
        var member = await app.As("zhao.lei").OpenAsync("/committees/sac-tc28-sc42");

        Assert.True(secretariat.HasLink("修改介绍") && secretariat.HasLink("任命"));
        Assert.False(member.HasLink("修改介绍") || member.HasLink("任命") || member.HasLink("更正"));
        Assert.False((await app.As("li.wei").OpenAsync("/committees/sac-tc28")).HasLink("修改介绍"));
    }
}
