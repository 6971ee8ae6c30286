using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Pipeline;

/// <summary>What the one door for writes promises, seen from outside, on a form that anybody in a secretariat uses.</summary>
public class UseCasesTests(App app) : IClassFixture<App>
{
    private const string Save = "保存";
    private const string Drafters = "起草单位";

    [Fact]
    public async Task Who_is_late_reads_who_changed_it_and_when_and_keeps_what_was_typed()
    {
        var item = await ItemAsync();
        var early = await app.As("li.wei").OpenAsync($"/work-items/{item.Code}/edit");
        var late = await app.As("wang.fang").OpenAsync($"/work-items/{item.Code}/edit");
        await SendAsync(early, "演示大学");

        var answer = await SendAsync(late, "演示芯片公司");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("李伟 已于 2026-11-23 09:00 修改了此内容", string.Join(' ', answer.Problems), StringComparison.Ordinal);
        Assert.Equal("演示芯片公司", answer.ValueOf(Drafters));
        Assert.Equal(1, await NamedAsync(item.Id) - item.Named);

        // The page now shows the newer version, so that sending it again is a decision.
        var decided = await SendAsync(answer, "演示芯片公司");
        Assert.Equal(HttpStatusCode.OK, decided.Status);
        Assert.Equal(2, await NamedAsync(item.Id) - item.Named);
    }

    [Fact]
    public async Task Of_several_who_send_at_once_one_is_first_and_nothing_is_lost()
    {
        var item = await ItemAsync();
        // Pairs that no other test here names: who sends what already stands there changes nothing and is not late.
        var names = new[] { "演示消费者协会\n演示大学", "演示消费者协会\n演示芯片公司", "演示消费者协会\n演示云计算公司" };
        var pages = new List<Page>();
        foreach (var person in new[] { "li.wei", "wang.fang", "admin" }) pages.Add(await app.As(person).OpenAsync($"/work-items/{item.Code}/edit"));

        var answers = await Task.WhenAll(pages.Select((page, at) => SendAsync(page, names[at])));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.Conflict), answer => Assert.Contains(answer.ValueOf(Drafters).ReplaceLineEndings("\n"), names));
        Assert.Equal(1, await NamedAsync(item.Id) - item.Named);
    }

    [Fact]
    public async Task A_form_sent_twice_is_carried_out_once_and_answered_the_same()
    {
        var item = await ItemAsync();
        var page = await app.As("li.wei").OpenAsync($"/work-items/{item.Code}/edit");

        var answers = await Task.WhenAll(SendAsync(page, "演示大学\n演示消费者协会"), SendAsync(page, "演示大学\n演示消费者协会"));
        var third = await SendAsync(page, "演示大学\n演示消费者协会");

        Assert.All([.. answers, third], answer => Assert.Equal($"/work-items/{item.Code}", answer.Path));
        Assert.Equal(1, await NamedAsync(item.Id) - item.Named);
    }

    [Fact]
    public async Task Going_back_and_sending_something_else_is_not_taken_for_the_same_form()
    {
        var item = await ItemAsync();
        var page = await app.As("li.wei").OpenAsync($"/work-items/{item.Code}/edit");
        await SendAsync(page, "演示大学");

        var answer = await SendAsync(page, "演示物联网公司");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("演示物联网公司", answer.ValueOf(Drafters));
    }

    [Fact]
    public async Task Two_people_may_use_the_same_key()
    {
        var item = await ItemAsync();
        var first = await app.As("li.wei").OpenAsync($"/work-items/{item.Code}/edit");
        var key = first.FieldsOf(Save).Single(field => field.Key == "CommandKey").Value;
        await SendAsync(first, "甲单位");

        var second = await app.As("wang.fang").OpenAsync($"/work-items/{item.Code}/edit");
        await second.SubmitAsync(form => form.Fill(Drafters, "乙单位").Forge("CommandKey", key), Save);

        Assert.Equal(2, await NamedAsync(item.Id) - item.Named);
    }

    [Fact]
    public async Task Who_sees_but_may_not_is_refused_and_what_is_not_seen_does_not_exist()
    {
        var item = await ItemAsync();
        var hidden = await app.Db(db => db.WorkItems.Where(known => known.IsDemo && !known.IsPublic).OrderBy(known => known.Number).Select(known => known.Code).FirstAsync());
        var fields = (await app.As("li.wei").OpenAsync($"/work-items/{item.Code}/edit")).FieldsOf(Save).Where(field => field.Key != "__RequestVerificationToken").ToList();

        var observer = await ForgeAsync(app.As("sun.li"), item.Code, fields);
        var outsider = await ForgeAsync(app.As("huang.bo"), hidden, fields);
        var nobody = await ForgeAsync(app.As("li.wei"), "w-999999", fields);

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [observer.Status, outsider.Status, nobody.Status]);
        Assert.Equal(["没有权限", "找不到该页面", "找不到该页面"], [observer.Heading, outsider.Heading, nobody.Heading]);
        Assert.Equal(item.Named, await NamedAsync(item.Id));
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_changes_nothing()
    {
        var item = await ItemAsync();
        var page = await app.As("li.wei").OpenAsync($"/work-items/{item.Code}/edit");

        var answer = await page.SubmitAsync(form => form.Fill(Drafters, "演示大学").Forge("Form.Leader", "not-a-key"), Save);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("演示大学", answer.ValueOf(Drafters));
        Assert.Equal(item.Named, await NamedAsync(item.Id));
    }

    [Fact]
    public async Task Every_event_says_who_and_by_which_command()
    {
        var item = await ItemAsync();
        await SendAsync(await app.As("li.wei").OpenAsync($"/work-items/{item.Code}/edit"), "演示大学\n演示芯片公司");

        var (written, person) = await app.Db(async db => (
            await db.Events.Where(known => known.SubjectId == item.Id).OrderByDescending(known => known.Sequence).FirstAsync(),
            await db.People.SingleAsync(known => known.Email == "li.wei@example.org")));

        Assert.Equal((nameof(ActorKind.Person), person.Id, "EditWorkItem"), (written.ActorKind, written.ActorPerson, written.Command));
    }

    private static Task<Page> SendAsync(Page page, string drafters) => page.SubmitAsync(form => form.Fill(Drafters, drafters), Save);

    /// <summary>A form of the person's own browser, with the fields that somebody else was shown.</summary>
    private static async Task<Page> ForgeAsync(Session browser, string code, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var token = (await browser.OpenAsync("/account/password")).FieldsOf("更改密码").Single(field => field.Key == "__RequestVerificationToken");
        return await browser.PostAsync($"/work-items/{code}/edit", [.. fields, token]);
    }

    /// <summary>A public item that is worked on; what other tests have done to it counts from here.</summary>
    private async Task<(string Code, Guid Id, int Named)> ItemAsync()
    {
        var item = await app.Db(db => db.WorkItems
            .Where(known => known.IsDemo && known.IsPublic && known.Kind == WorkItemKind.National && db.Committees.Any(committee => committee.Id == known.CommitteeId && committee.Code == "sac-tc28-sc42"))
            .OrderBy(known => known.Number).Select(known => new { known.Code, known.Id }).FirstAsync());
        return (item.Code, item.Id, await NamedAsync(item.Id));
    }

    private Task<int> NamedAsync(Guid item) => app.Db(db => db.Events.CountAsync(written => written.SubjectId == item && written.Type == nameof(DraftingOrganizationsNamed)));
}
