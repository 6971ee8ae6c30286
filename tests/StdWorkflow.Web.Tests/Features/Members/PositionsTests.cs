using System.Net;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Members;

public class PositionsTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task An_administrator_reads_which_position_allows_what()
    {
        var page = await app.As("admin").OpenAsync("/admin/positions");

        var rows = page.Rows();
        Assert.Equal(11, rows.Count);
        Assert.Contains(rows, row => row[0].StartsWith("观察员", StringComparison.Ordinal) && row[1] == "查看内部内容" && row[2] == "否");
        Assert.Contains("管理系统", rows.Single(row => row[0].StartsWith("系统管理员", StringComparison.Ordinal))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_given_or_taken_counts_with_the_next_request()
    {
        var holder = app.As("robin.taylor");
        Assert.Equal(HttpStatusCode.Forbidden, (await holder.OpenAsync("/committees/sac-tc28-sc42/edit")).Status);

        var form = await app.As("admin").OpenAsync("/admin/positions/liaison");
        var list = await form.SubmitAsync(entry => entry.Choose("管理组织"));
        Assert.Equal("/admin/positions", list.Path);
        Assert.Equal(HttpStatusCode.OK, (await holder.OpenAsync("/committees/sac-tc28-sc42/edit")).Status);

        var again = await app.As("admin").OpenAsync("/admin/positions/liaison");
        Assert.True(again.IsChosen("管理组织"));
        Assert.True(again.Says("联络员可以：查看内部内容、管理组织。演示管理员"));
        await again.SubmitAsync(entry => entry.Clear("管理组织"));
        Assert.Equal(HttpStatusCode.Forbidden, (await holder.OpenAsync("/committees/sac-tc28-sc42/edit")).Status);
    }

    [Fact]
    public async Task A_position_may_allow_nothing_at_all()
    {
        var form = await app.As("admin").OpenAsync("/admin/positions/consultant");

        var list = await form.SubmitAsync(entry => entry.Clear("查看内部内容"));

        Assert.Equal("", list.Rows().Single(row => row[0].StartsWith("顾问", StringComparison.Ordinal))[1]);
        Assert.True((await app.As("admin").In("en").OpenAsync("/admin/positions/consultant")).Says("Consultant may: nothing"));
    }

    [Fact]
    public async Task The_administrator_keeps_the_right_to_administer()
    {
        var form = await app.As("admin").OpenAsync("/admin/positions/administrator");

        var answer = await form.SubmitAsync(entry => entry.LeaveOut("Form.Permissions"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.True(answer.Says("系统管理员必须保留“管理系统”，否则再没有人能改回来。"));
        Assert.Equal(HttpStatusCode.OK, (await app.As("admin").OpenAsync("/admin/positions")).Status);
    }

    [Theory]
    [InlineData("Administer", "zh-CN", "“管理系统”只属于系统管理员，专家不能有。")]
    [InlineData("Administer", "en", "“Administer” belongs to administrators alone; Expert cannot have it.")]
    [InlineData("Rule", "zh-CN", "此项填写有误。")]
    [InlineData("99", "zh-CN", "此项填写有误。")]
    public async Task A_right_that_cannot_be_given_is_refused(string forged, string language, string said)
    {
        var form = await app.As("admin").In(language).OpenAsync("/admin/positions/expert");

        var answer = await form.SubmitAsync(entry => entry.Forge("Form.Permissions", forged));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.True(answer.Says(said));
    }

    [Fact]
    public async Task Of_two_administrators_at_once_the_second_is_told()
    {
        var (first, second) = (await app.As("admin").OpenAsync("/admin/positions/vice-chair"), await app.As("admin").OpenAsync("/admin/positions/vice-chair"));
        await first.SubmitAsync(entry => entry.Choose("处理意见"));

        var answer = await second.SubmitAsync(entry => entry.Choose("征求意见"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.True(answer.IsChosen("征求意见"));
    }

    [Fact]
    public async Task Nobody_else_sees_the_table_and_an_unknown_position_is_not_found()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync("/admin/positions")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("li.wei").OpenAsync("/admin/positions/member")).Status);
        Assert.StartsWith("/account/sign-in", (await app.Visitor().OpenAsync("/admin/positions")).Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("admin").OpenAsync("/admin/positions/king")).Status);
    }
}
