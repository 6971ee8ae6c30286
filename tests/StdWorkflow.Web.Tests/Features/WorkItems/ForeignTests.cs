using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class ForeignTests(App app) : IClassFixture<App>
{
    private const string Join = "关联";

    [Fact]
    public async Task An_item_is_joined_to_what_it_adopts_and_both_sides_tell()
    {
        var code = await app.Given.ProposedAsync();
        var form = await (await app.As("li.wei").OpenAsync($"/work-items/{code}")).FollowAsync("关联国际项目");

        var item = await form.SubmitAsync(entry => entry.Choose("关系", "本项目采用该国际文件").Fill("国际项目号", "81230"), Join);

        Assert.Equal($"/work-items/{code}", item.Path);
        Assert.True(item.Says("采用 ISO/IEC 42001:2023 60.60"), item.Text);
        Assert.True(item.Says("沿革：采用 ISO/IEC 42001:2023。李伟"), item.Text);
        var project = await item.FollowAsync("ISO/IEC 42001:2023");
        Assert.Equal("/international/81230", project.Path);
        Assert.Contains($"/work-items/{code}", project.Links);
        Assert.True((await app.Visitor().In("en").OpenAsync($"/work-items/{code}")).Says("Lineage: adopts ISO/IEC 42001:2023."));
    }

    [Fact]
    public async Task One_that_adopts_and_is_converted_into_the_same_project_shows_both()
    {
        var code = await app.Given.ProposedAsync();
        foreach (var relation in (string[])["本项目采用该国际文件", "本项目转化为该国际项目", "本项目采用该国际文件"])
            Assert.Equal(HttpStatusCode.OK, (await (await app.As("li.wei").OpenAsync($"/work-items/{code}/foreign?number=81230")).SubmitAsync(entry => entry.Choose("关系", relation), Join)).Status);

        var page = await app.Visitor().OpenAsync($"/work-items/{code}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(page.Says("转化为 ISO/IEC 42001:2023") && page.Says("采用 ISO/IEC 42001:2023"));
        Assert.Equal(2, page.Links.Count(link => link == "/international/81230"));
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().OpenAsync("/international/81230")).Status);
    }

    [Theory]
    [InlineData("", "请填写此项。")]
    [InlineData("999999", "没有编号为 999999 的国际项目。请先导入，或核对编号。")]
    [InlineData("ISO/IEC 42001", "“ISO/IEC 42001”无法识别。")]
    public async Task A_number_that_nothing_has_is_sent_back_as_typed(string typed, string said)
    {
        var code = await app.Given.ProposedAsync();

        var answer = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/foreign")).SubmitAsync(entry => entry.Choose("关系", "本项目转化为该国际项目").Fill("国际项目号", typed), Join);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, said), (answer.Status, answer.ErrorOf("国际项目号")));
        Assert.Equal((typed, "本项目转化为该国际项目"), (answer.ValueOf("国际项目号"), answer.ValueOf("关系")));
    }

    [Theory]
    [InlineData("GrewFrom", "请选择“采用”或“转化”。")]
    [InlineData("99", "“99”无法识别。")]
    public async Task A_relation_that_was_not_offered_is_refused(string kind, string said)
    {
        var code = await app.Given.ProposedAsync();

        var answer = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/foreign?number=81230")).SubmitAsync(entry => entry.Forge("Form.Kind", kind), Join);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, said), (answer.Status, answer.ErrorOf("关系")));
        Assert.Equal(0, await app.Db(db => db.Lineages.CountAsync(link => db.WorkItems.Any(item => item.Id == link.WorkItemId && item.Code == code))));
    }

    [Fact]
    public async Task Who_may_not_edit_is_refused()
    {
        var code = await app.Given.ProposedAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("zhang.min").OpenAsync($"/work-items/{code}/foreign")).Status);
        Assert.False((await app.As("zhang.min").OpenAsync($"/work-items/{code}")).HasLink("关联国际项目"));
    }
}
