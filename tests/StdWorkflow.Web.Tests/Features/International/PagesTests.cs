using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.WorkItems;

namespace StdWorkflow.Web.Tests.Features.International;

public class PagesTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task The_list_is_filtered_by_committee_stage_type_and_text()
    {
        var visitor = app.Visitor();

        var all = await visitor.OpenAsync("/international");
        var filtered = await visitor.OpenAsync("/international?committee=iso-iec-jtc-1&stage=40&type=IS&q=dis");
        var nothing = await visitor.OpenAsync("/international?q=no+such+thing");

        Assert.True(all.Says("42 项"), all.Text);
        Assert.NotEmpty(filtered.Rows());
        Assert.All(filtered.Rows(), row => Assert.Contains("40.", string.Join(' ', row), StringComparison.Ordinal));
        Assert.Empty(nothing.Rows());
        Assert.True(nothing.Says("没有符合条件的国际项目"));
    }

    [Fact]
    public async Task The_list_sorts_by_its_heads()
    {
        var up = (await app.Visitor().OpenAsync("/international?sort=stage")).Rows();
        var down = (await app.Visitor().OpenAsync("/international?sort=-stage")).Rows();

        Assert.Equal(up.Count, down.Count);
        Assert.NotEqual(up[0][0], down[0][0]);
    }

    [Fact]
    public async Task A_project_shows_its_stage_line_with_dates_and_where_its_facts_come_from()
    {
        var page = await app.Visitor().In("en").OpenAsync("/international/44545");

        Assert.True(page.Says("ISO/IEC DIS 42005"));
        Assert.True(page.Says("40.60 Close of voting"));
        Assert.True(page.Says("2024-02-04"));
        Assert.True(page.Says("2024-09-30"));
        Assert.True(page.Says("ISO Open Data"));
    }

    [Theory]
    [InlineData("/international/ISO%2FIEC%2042001")]
    [InlineData("/international/iso%2Fiec%2042001:2023")]
    [InlineData("/international/ISO/IEC%2042001")]
    [InlineData("/international/ISO%2FIEC%2042001%3A2023(E)")]
    public async Task A_reference_in_place_of_the_number_leads_to_the_project(string address)
    {
        var page = await app.Visitor().OpenAsync(address);

        Assert.Equal("/international/81230", page.Path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Theory]
    [InlineData("/international/999999999")]
    [InlineData("/international/-1")]
    [InlineData("/international/ISO%2FIEC%2042001:1999")]
    [InlineData("/international/%27%3B--")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().OpenAsync(address)).Status);
    }

    [Fact]
    public async Task A_work_item_that_adopts_the_project_is_shown_on_both_pages()
    {
        var code = await app.Db(db => db.WorkItems.Where(item => item.IsPublic && item.Kind == WorkItemKind.National).OrderBy(item => item.Number).Select(item => item.Code).FirstAsync());
        await app.RunAsync(new JoinForeignProject(code, 81230, LineageKind.Adopts));

        var project = await app.Visitor().OpenAsync("/international/81230");
        var item = await app.Visitor().OpenAsync($"/work-items/{code}");

        Assert.Contains($"/work-items/{code}", project.Links);
        Assert.Contains("/international/81230", item.Links);
    }

    [Fact]
    public async Task Only_who_may_edit_a_work_item_is_offered_to_join_one()
    {
        var visitor = await app.Visitor().OpenAsync("/international/81230");
        var observer = await app.As("sun.li").OpenAsync("/international/81230");
        var secretary = await app.As("li.wei").OpenAsync("/international/81230");

        Assert.False(visitor.HasButton("关联…"));
        Assert.False(observer.HasButton("关联…"));
        Assert.True(secretary.HasButton("关联…"));
        var asked = await secretary.SubmitAsync(form => form.Choose("关联国内项目（采用或转化）", secretary.OptionsOf("关联国内项目（采用或转化）")[1]), "关联…");
        Assert.EndsWith("/foreign?number=81230", asked.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standard_number_in_the_address_of_a_work_item_may_hold_a_slash()
    {
        var page = await app.Visitor().OpenAsync("/work-items/GB%2FT%2041867-2022");

        Assert.True(page.Says("信息技术 人工智能 术语"));
    }
}
