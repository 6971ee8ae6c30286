using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class SavedFilterTests(App app) : IClassFixture<App>
{
    private const string Filters = "/work-items/filters";

    [Theory]
    [InlineData("liu.yang", "zh-CN", "保存这个筛选…", "名称", "保存筛选")]
    [InlineData("chen.jing", "en", "Save this filter…", "Name", "Save the filter")]
    public async Task A_filter_of_the_list_is_saved_under_a_name_and_opened_again_in_list_and_board(string person, string language, string link, string label, string button)
    {
        var me = app.As(person).In(language);
        var name = $"起草中 {language}";
        var list = await me.OpenAsync("/work-items?phase=drafting&process=gb-t-normal&state=running");
        var form = await list.FollowAsync(link);

        var saved = await form.SubmitAsync(entry => entry.Fill(label, name), button);

        Assert.Equal(list.Path.Split('?')[0], saved.Path.Split('?')[0]);
        Assert.Equal(list.Rows().Select(row => row[0]), saved.Rows().Select(row => row[0]));
        Assert.False(saved.HasLink(link));
        var opened = await (await me.OpenAsync("/work-items")).FollowAsync(name);
        Assert.Equal(list.Rows().Select(row => row[0]), opened.Rows().Select(row => row[0]));
        var board = await (await me.OpenAsync("/work-items/board")).FollowAsync(name);
        Assert.StartsWith("/work-items/board?", board.Path, StringComparison.Ordinal);
        Assert.False((await app.As("zhang.min").In(language).OpenAsync("/work-items")).HasLink(name));
    }

    [Fact]
    public async Task From_the_board_one_comes_back_to_the_board()
    {
        var board = await app.As("chen.jing").OpenAsync("/work-items/board?process=pre-research&state=running");

        var saved = await (await board.FollowAsync("保存这个筛选…")).SubmitAsync(form => form.Fill("名称", "预研看板"), "保存筛选");

        Assert.Equal(board.Path.Split('?')[0], saved.Path.Split('?')[0]);
        Assert.Equal("预研项目", saved.ValueOf("程序"));
        Assert.True(saved.HasLink("预研看板"));
    }

    [Fact]
    public async Task A_committees_filter_is_there_for_its_members_and_removed_by_those_who_run_it()
    {
        var form = await app.As("li.wei").OpenAsync($"{Filters}?state=late&committee=sac-tc28-sc42");
        await form.SubmitAsync(entry => entry.Fill("名称", "本会逾期").Choose("供谁使用", "SAC/TC28/SC42"), "保存筛选");

        Assert.True((await app.As("sun.li").OpenAsync("/work-items")).HasLink("本会逾期"));
        Assert.False((await app.As("zheng.hui").OpenAsync("/work-items")).HasLink("本会逾期"));
        Assert.False((await app.Visitor().OpenAsync("/work-items")).HasLink("本会逾期"));
        Assert.False((await app.As("sun.li").OpenAsync(Filters)).HasButton("删除"));

        var id = await IdAsync("本会逾期");
        Assert.Equal(Problem.NotAllowedCode, (await app.RunAsAsync("sun.li", new RemoveFilter(id))).Problems.Single().Code);
        Assert.Equal(Problem.NotFoundCode, (await app.RunAsAsync("zheng.hui", new RemoveFilter(id))).Problems.Single().Code);

        var page = await app.As("wang.fang").OpenAsync(Filters);
        var after = await page.SubmitAsync(button: "删除“本会逾期”");
        Assert.False(after.Says("本会逾期"), after.Text);
        Assert.False((await app.As("sun.li").OpenAsync("/work-items")).HasLink("本会逾期"));
    }

    [Fact]
    public async Task Nobody_saves_for_a_committee_that_they_do_not_run_nor_removes_what_is_anothers()
    {
        var filter = new WorkItemFilter { State = "late" };

        Assert.Equal(Problem.NotAllowedCode, (await app.RunAsAsync("sun.li", new SaveFilter("不该有", "sac-tc28-sc42", filter))).Problems.Single().Code);
        Assert.Equal(Problem.NotAllowedCode, (await app.RunAsAsync(null, new SaveFilter("不该有", null, filter))).Problems.Single().Code);
        await app.RunAsAsync("liu.yang", new SaveFilter("刘洋的筛选", null, filter));
        Assert.Equal(Problem.NotFoundCode, (await app.RunAsAsync("li.wei", new RemoveFilter(await IdAsync("刘洋的筛选")))).Problems.Single().Code);
        Assert.False((await app.As("liu.yang").OpenAsync($"{Filters}?state=late")).Document.QuerySelectorAll("select[name='Form.Committee']").Any());
    }

    [Theory]
    [InlineData("State", "nonsense")]
    [InlineData("Phase", "99")]
    [InlineData("Process", "no-such-process")]
    [InlineData("Committee", "no-such-committee")]
    [InlineData("Stage", "no-such-stage")]
    public async Task A_filter_that_was_tampered_with_is_refused_and_nothing_is_kept(string field, string value)
    {
        var name = $"改过的 {field}";
        var form = await app.As("liu.yang").OpenAsync($"{Filters}?state=late&phase=drafting&process=gb-t-normal&committee=sac-tc28-sc42&stage=20");

        var answer = await form.SubmitAsync(entry => entry.Fill("名称", name).Forge(field.ToLowerInvariant(), value), "保存筛选");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(name, answer.ValueOf("名称"));
        Assert.NotEmpty(answer.Problems);
        Assert.False(await app.Db(db => db.SavedFilters.AnyAsync(known => known.Name == name)));
    }

    [Theory]
    [InlineData("起草\u202E中", "含有不可见的控制字符，请重新输入。", "validation.hidden")]
    [InlineData("\uFFA0", "只有看不见的字符，请输入文字。", "validation.invisible")]
    public async Task A_name_reads_as_it_is_at_every_door(string name, string said, string code)
    {
        var page = await (await app.As("liu.yang").OpenAsync($"{Filters}?state=late")).SubmitAsync(entry => entry.Fill("名称", name), "保存筛选");
        var program = await (await app.Given.ProgramOfAsync("liu.yang")).PostAsync("/api/v1/saved-filters", new { name, filter = new { state = "late" } });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, said), (page.Status, page.ErrorOf("名称")));
        Assert.Equal((422, code), (program.Status, program.Code));
        Assert.False(await app.Db(db => db.SavedFilters.AnyAsync(known => known.Name == name)));
    }

    [Fact]
    public async Task A_name_that_is_missing_or_taken_is_told_beside_its_field()
    {
        var form = await app.As("zhang.min").OpenAsync($"{Filters}?state=blocked");
        Assert.NotEqual("", (await form.SubmitAsync(entry => entry.Fill("名称", "  "), "保存筛选")).ErrorOf("名称"));

        await form.SubmitAsync(entry => entry.Fill("名称", "受阻"), "保存筛选");
        var again = await (await form.AgainAsync()).SubmitAsync(entry => entry.Fill("名称", "受阻"), "保存筛选");

        Assert.Equal("已有名为“受阻”的筛选，请换一个名称，或先删除原有的。", again.ErrorOf("名称"));
        Assert.Equal("没有任何筛选条件，不必保存。", (await SayAsync(new SaveFilter("空", null, new WorkItemFilter()))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sac-tc28-sc42")]
    public async Task Of_several_who_save_the_same_name_at_once_one_has_it_and_the_others_are_told(string? committee)
    {
        var (name, filter) = ($"同时 {committee ?? "自用"}", new WorkItemFilter { State = "late" });

        var saved = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.RunAsAsync("wang.fang", new SaveFilter(name, committee, filter))));

        Assert.Single(saved, one => one.IsOk);
        Assert.All(saved.Where(one => !one.IsOk), one => Assert.Equal(("savedFilter.nameTaken", "Name"), (one.Problem.Code, one.Problem.Field)));
        Assert.Equal(1, await app.Db(db => db.SavedFilters.CountAsync(known => known.Name == name)));
        Assert.Equal("savedFilter.nameTaken", (await app.RunAsAsync("wang.fang", new SaveFilter(name.Replace(' ', '\u3000'), committee, filter))).Problem.Code);

        // What was removed leaves its name to the next.
        Assert.True((await app.RunAsAsync("wang.fang", new RemoveFilter(await IdAsync(name)))).IsOk);
        Assert.True((await app.RunAsAsync("wang.fang", new SaveFilter(name, committee, filter))).IsOk);
    }

    [Fact]
    public async Task Programs_save_list_and_remove_what_pages_do()
    {
        var api = await app.Given.ProgramOfAsync("li.wei");

        var made = await api.PostAsync("/api/v1/saved-filters", new { name = "程序存的", filter = new { state = "late", process = "gb-t-normal" } });
        var refused = await api.PostAsync("/api/v1/saved-filters", new { name = "程序存错的", filter = new { state = "nonsense" } });

        Assert.Equal((201, 422), (made.Status, refused.Status));
        Assert.Equal("?state=late&process=gb-t-normal", made.Of("query"));
        Assert.True((await app.As("li.wei").OpenAsync("/work-items")).HasLink("程序存的"));
        Assert.Contains((await api.GetAsync("/api/v1/saved-filters")).Items, item => item.GetProperty("name").GetString() == "程序存的");
        Assert.Equal(204, (await api.PostAsync($"/api/v1/saved-filters/{made.Of("id")}/remove", "")).Status);
        Assert.DoesNotContain((await api.GetAsync("/api/v1/saved-filters")).Items, item => item.GetProperty("name").GetString() == "程序存的");
        Assert.Equal(404, (await api.PostAsync($"/api/v1/saved-filters/{made.Of("id")}/remove", "")).Status);
    }

    private async Task<string> SayAsync(SaveFilter command)
    {
        var problem = (await app.RunAsAsync("zhang.min", command)).Problems.Single();
        Assert.Equal("savedFilter.nothing", problem.Code);
        var form = await app.As("zhang.min").OpenAsync($"{Filters}?state=late");
        return (await form.SubmitAsync(entry => entry.Fill("名称", "空").LeaveOut("state"), "保存筛选")).Problems.Single();
    }

    private Task<Guid> IdAsync(string name) => app.Db(db => db.SavedFilters.Where(known => known.Name == name).Select(known => known.Id).SingleAsync());
}
