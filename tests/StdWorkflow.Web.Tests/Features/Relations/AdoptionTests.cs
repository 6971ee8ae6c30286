using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Relations;

public class AdoptionTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_modified_adoption_waits_for_the_reasons_of_its_technical_deviations()
    {
        var code = await app.Given.ProjectAtAsync("30");
        var page = await (await app.As("li.wei").OpenAsync($"/work-items/{code}")).FollowAsync("采用程度与差异");
        Assert.False(page.HasButton("增加差异"));

        page = await page.SubmitAsync(form => form.Choose("采用程度", "修改采用（MOD）").Fill("采标号", "iso/iec 42001:2023"), "保存采用程度");
        page = await page.SubmitAsync(form => form.Fill("条款", "5.2").Choose("性质", "技术性差异").Fill("差异内容", "增加中文标识").Fill("理由", ""), "增加差异");

        Assert.Contains("尚无理由", page.Text, StringComparison.Ordinal);
        var item = await app.As("li.wei").OpenAsync($"/work-items/{code}");
        Assert.True(item.Says("还有 1 项技术性差异没有理由。") && item.Says("采用程度：MOD ISO/IEC 42001:2023。") && item.Says("增加差异（技术性差异）：第 5.2 条。"), item.Text);

        var form = await page.FollowAsync("修改第 5.2 条的差异");
        Assert.Equal("增加中文标识", form.ValueOf("差异内容"));
        page = await form.SubmitAsync(entry => entry.Fill("理由", "适应国内法规"), "保存差异");

        item = await app.Visitor().OpenAsync($"/work-items/{code}");
        Assert.True(item.Says("适应国内法规") && !item.Says("没有理由"), item.Text);
        Assert.Equal((1, 0), await app.Db(async db => (await db.WorkItems.Where(known => known.Code == code).Select(known => new { known.TechnicalDeviations, known.UnreasonedDeviations }).SingleAsync()) is var counts ? (counts.TechnicalDeviations, counts.UnreasonedDeviations) : default));

        page = await page.SubmitAsync(button: "删除第 5.2 条的差异");
        Assert.False(page.Says("5.2"));
    }

    [Fact]
    public async Task What_has_technical_deviations_is_not_called_identical()
    {
        var code = await AdoptingAsync(AdoptionDegree.MOD);
        await app.RunAsync(new WriteDeviation(code, null, "5", DeviationKind.Technical, "不同", "理由", await app.Given.VersionAsync(code)));

        var page = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/adoption")).SubmitAsync(form => form.Choose("采用程度", "等同采用（IDT）"), "保存采用程度");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "有 1 项技术性差异，不能作为等同采用；请改为修改采用，或先删除这些差异。"), (page.Status, page.ErrorOf("采用程度")));
        var proposal = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/proposal")).SubmitAsync(form => form.Choose("采用程度", "等同采用（IDT）"), "保存建议书");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, proposal.Status);

        var identical = await AdoptingAsync(AdoptionDegree.IDT);
        var refused = await (await app.As("li.wei").In("en").OpenAsync($"/work-items/{identical}/adoption"))
            .SubmitAsync(form => form.Fill("Clause", "5").Choose("Nature", "technical").Fill("What differs", "all"), "Add a deviation");
        Assert.Equal("An identical adoption cannot have technical deviations.", refused.ErrorOf("Nature"));
        Assert.Equal("all", refused.ValueOf("What differs"));
    }

    [Fact]
    public async Task An_identical_adoption_shows_its_double_number_everywhere_and_either_half_finds_it()
    {
        const string Double = "GB/T 45081-2024/ISO/IEC 42001:2023";
        var code = await AdoptingAsync(AdoptionDegree.IDT);
        var wrong = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/edit")).SubmitAsync(form => form.Fill("标准编号", "GB/T 45081-2024/ISO/IEC 22989:2022"), "保存");
        Assert.StartsWith("只有等同采用 ISO/IEC 22989:2022 的标准才用这个双编号", wrong.ErrorOf("标准编号"), StringComparison.Ordinal);

        var item = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/edit")).SubmitAsync(form => form.Fill("标准编号", "GB/T 45081—2024/ISO/IEC 42001:2023"), "保存");

        Assert.Contains(Double, item.Text, StringComparison.Ordinal);
        Assert.Equal("GB/T 45081-2024", (await app.As("li.wei").OpenAsync($"/work-items/{code}/edit")).ValueOf("标准编号"));
        foreach (var half in (string[])["GB/T 45081-2024", "ISO/IEC 42001:2023", Double])
        {
            var list = await app.Visitor().OpenAsync($"/work-items?q={Uri.EscapeDataString(half)}");
            Assert.True(list.Links.Contains($"/work-items/{code}") && list.Says(Double), list.Text);
        }

        Assert.Equal($"/work-items/{code}", (await app.Visitor().OpenAsync($"/work-items/{Uri.EscapeDataString(Double)}")).Path);
        var api = app.Api();
        Assert.Equal(Double, (await api.GetAsync($"/api/v1/work-items/{code}")).Json.GetProperty("doubleNumber").GetString());
        Assert.Equal(Double, (await api.GetAsync($"/api/v1/work-items?q={code}")).Items.Single().GetProperty("doubleNumber").GetString());
        Assert.Contains(Double, (await api.GetAsync($"/exports/work-items/json?q={code}")).Text, StringComparison.Ordinal);

        await app.RunAsync(new StateAdoption(code, AdoptionDegree.MOD, "ISO/IEC 42001:2023", await app.Given.VersionAsync(code)));
        Assert.DoesNotContain(Double, (await app.Visitor().OpenAsync($"/work-items?q={code}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_form_and_a_deviation_of_another_item_change_nothing()
    {
        var (code, other) = (await AdoptingAsync(AdoptionDegree.MOD), await AdoptingAsync(AdoptionDegree.MOD));
        await app.RunAsync(new WriteDeviation(other, null, "9", DeviationKind.Technical, "别的", null, await app.Given.VersionAsync(other)));
        var foreign = await app.Db(db => db.Deviations.Where(one => one.Clause == "9" && db.WorkItems.Any(item => item.Id == one.WorkItemId && item.Code == other)).Select(one => one.Id).SingleAsync());
        var form = await app.As("li.wei").OpenAsync($"/work-items/{code}/adoption");
        Assert.Equal(HttpStatusCode.NotFound, (await app.As("li.wei").OpenAsync($"/work-items/{code}/adoption?deviation={foreign}")).Status);

        await app.RunAsync(new WriteDeviation(code, null, "1", DeviationKind.Editorial, "先到", null, await app.Given.VersionAsync(code)));
        var late = await form.SubmitAsync(entry => entry.Fill("条款", "2").Fill("差异内容", "后到"), "增加差异");
        Assert.Equal((HttpStatusCode.Conflict, "后到"), (late.Status, late.ValueOf("差异内容")));

        var api = await app.Given.ProgramOfAsync("li.wei");
        var seen = await api.GetAsync($"/api/v1/work-items/{code}/adoption");
        Assert.Equal(404, (await api.PostAsync($"/api/v1/work-items/{code}/adoption/deviations/{foreign}/remove", new { }, ("If-Match", seen.Tag!))).Status);
        Assert.Equal(1, await app.Db(db => db.Deviations.CountAsync(one => one.Id == foreign)));
    }

    [Fact]
    public async Task A_program_states_the_degree_and_keeps_the_table()
    {
        var code = await app.Given.ProposedAsync();
        var api = await app.Given.ProgramOfAsync("li.wei");
        var path = $"/api/v1/work-items/{code}/adoption";
        var stated = await api.PostAsync(path, new { degree = "MOD", reference = "ISO/IEC 42001:2023" }, ("If-Match", (await api.GetAsync(path)).Tag!));
        Assert.Equal(200, stated.Status);
        var written = await api.PostAsync($"{path}/deviations", new { clause = "5", kind = "technical", text = "不同" }, ("If-Match", stated.Tag!));
        var row = written.Json.GetProperty("deviations")[0];
        Assert.Equal(("5", "technical"), (row.GetProperty("clause").GetString(), row.GetProperty("kind").GetString()));
        Assert.Equal(428, (await api.PostAsync($"{path}/deviations", new { clause = "6", kind = "technical", text = "不同" })).Status);
        var refused = await api.PostAsync(path, new { degree = "IDT", reference = "ISO/IEC 42001:2023" }, ("If-Match", written.Tag!));
        Assert.Equal((422, "adoption.notIdentical"), (refused.Status, refused.Code));
        var removed = await api.PostAsync($"{path}/deviations/{row.GetProperty("id").GetGuid()}/remove", new { }, ("If-Match", written.Tag!));
        Assert.Equal(0, removed.Json.GetProperty("deviations").GetArrayLength());
    }

    private async Task<string> AdoptingAsync(AdoptionDegree degree)
    {
        var code = await app.Given.ProposedAsync();
        await app.RunAsync(new StateAdoption(code, degree, "ISO/IEC 42001:2023", await app.Given.VersionAsync(code)));
        return code;
    }
}
