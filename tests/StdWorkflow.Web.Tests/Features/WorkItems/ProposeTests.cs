using System.Net;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.WorkItems;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.WorkItems;

public class ProposeTests(App app) : IClassFixture<App>
{
    private const string Path = "/work-items/propose";
    private const string SubCommittee = "SAC/TC28/SC42 全国信息技术标准化技术委员会人工智能分技术委员会";
    private const string Send = "提交建议";

    [Fact]
    public async Task Every_field_of_the_proposal_is_kept_and_shown_again()
    {
        var list = await app.As("liu.yang").OpenAsync("/work-items");
        var form = await list.FollowAsync("提出新项目");

        var item = await form.SubmitAsync(entry => All(entry.Choose("归口单位", SubCommittee).Choose("程序", "推荐性国家标准（普通程序）")).Clear("公开"), Send);

        Assert.Matches("^/work-items/w-[0-9]+$", item.Path);
        Assert.Equal("人工智能 提案字段 Artificial intelligence — Fields of a proposal", item.Heading);
        Assert.True(item.Says("MOD ISO/IEC 42001:2023") && item.Says("不公开") && item.Says("00 预阶段"));
        var proposal = await item.FollowAsync("项目建议书");
        Assert.True(proposal.Says("修订 GB/T 41867-2022") && proposal.Says("MOD ISO/IEC 42001:2023"));
        foreach (var said in (string[])["目的写在这里", "范围写在这里", "情况写在这里", "关系写在这里", "管理", "35.240.01", "工业和信息化部", "18 个月", "英文", "三十万元", "不涉及专利", "无其他说明"])
            Assert.True(proposal.Says(said), $"“{said}” is not on {proposal.Path}: {proposal.Text}");

        var editing = await app.As("li.wei").OpenAsync(proposal.Path);
        Assert.Equal(("人工智能 提案字段", "修订", "修改采用（MOD）", "18", "35.240.01"),
            (editing.ValueOf("中文标题"), editing.ValueOf("制定或修订"), editing.ValueOf("采用程度"), editing.ValueOf("项目周期"), editing.ValueOf("ICS")));
        Assert.Equal("目的写在这里\n第二行", editing.ValueOf("目的意义"));
    }

    [Fact]
    public async Task The_code_is_the_next_running_number_and_history_tells_who_proposed()
    {
        var last = await app.Db(db => db.WorkItems.MaxAsync(item => item.Number));

        var item = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", "人工智能 编号测试"));

        Assert.Equal($"/work-items/w-{last + 1}", item.Path);
        Assert.True(item.Says("提出项目建议，程序：推荐性国家标准（普通程序）。刘洋"), item.Text);
        var english = await app.As("liu.yang").In("en").OpenAsync(item.Path);
        Assert.True(english.Says("Proposed, by the process “Recommended national standard (GB/T), normal procedure”.刘洋"), english.Text);
    }

    [Theory]
    [InlineData("中文标题", "人工智能 只有中文")]
    [InlineData("英文标题", "Artificial intelligence — English only")]
    public async Task One_of_the_two_titles_is_enough(string label, string title)
    {
        var item = await ProposeAsync("liu.yang", entry => entry.Fill(label, title));

        Assert.Equal(HttpStatusCode.OK, item.Status);
        Assert.Equal(title, item.Heading);
        var list = await app.Visitor().In("en").OpenAsync($"/work-items?q={Uri.EscapeDataString(title)}");
        Assert.Contains(title, Assert.Single(list.Rows())[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "中文标题", "请至少填写一种语言的标题。", "目的意义", "项目周期", "项目周期应在 1 到 60 个月之间。", "制定或修订", "修订", "被修订标准号", "修订项目须填写被修订的标准号。")]
    [InlineData("en", "Chinese title", "Give the title in at least one language.", "Purpose", "Project time", "The project time lies between 1 and 60 months.", "New or revision", "Revision", "Standard to be revised", "A revision names the standard that it revises.")]
    public async Task What_is_wrong_is_said_beside_the_field_and_above_the_form_and_what_was_typed_stays(
        string language, string title, string titleMissing, string purpose, string months, string monthsRange, string nature, string revision, string revised, string revisedMissing)
    {
        var before = await app.Db(db => db.WorkItems.CountAsync());
        var form = await app.As("liu.yang").In(language).OpenAsync(Path);

        var answer = await form.SubmitAsync(entry => entry.Fill(title, "  ").Fill(purpose, "写了很久的 <b>目的</b> & 意义").Fill(months, "61").Choose(nature, revision));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal((titleMissing, monthsRange, revisedMissing), (answer.ErrorOf(title), answer.ErrorOf(months), answer.ErrorOf(revised)));
        Assert.Equal(3, answer.Problems.Count);
        Assert.All((string[])[titleMissing, monthsRange, revisedMissing], said => Assert.Contains(answer.Problems, problem => problem.EndsWith(said, StringComparison.Ordinal)));
        Assert.Equal(("写了很久的 <b>目的</b> & 意义", "61", revision), (answer.ValueOf(purpose), answer.ValueOf(months), answer.ValueOf(nature)));
        Assert.DoesNotContain("<b>目的", answer.Source, StringComparison.Ordinal);
        Assert.Equal(before, await app.Db(db => db.WorkItems.CountAsync()));
    }

    [Theory]
    [InlineData("采用程度", "等同采用（IDT）", "采标号", "采用国际标准时须填写采标号。")]
    public async Task An_adoption_names_what_it_adopts(string degree, string chosen, string reference, string said)
    {
        var answer = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", "采标").Choose(degree, chosen));

        Assert.Equal(said, answer.ErrorOf(reference));
        Assert.Equal(chosen, answer.ValueOf(degree));

        var other = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", "采标").Fill(reference, "ISO/IEC 42001:2023"));
        Assert.Equal("填写了采标号，请选择采用程度。", other.ErrorOf(degree));
    }

    [Theory]
    [InlineData("项目周期", "一年半")]
    [InlineData("项目周期", "9999999999")]
    public async Task A_number_that_cannot_be_read_is_sent_back_as_typed(string label, string typed)
    {
        var answer = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", "无法识别的数字").Fill(label, typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal((typed, "无法识别的数字"), (answer.ValueOf(label), answer.ValueOf("中文标题")));
        Assert.Contains("无法识别", answer.ErrorOf(label), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_sent_back_whole()
    {
        var text = new string('长', 4001);

        var answer = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", "太长").Fill("备注", text));

        Assert.Equal("最多 4000 个字符。", answer.ErrorOf("备注"));
        Assert.Equal(text, answer.ValueOf("备注"));
    }

    [Theory]
    [InlineData("人工智能 \u202Egnitset", "含有不可见的控制字符，请重新输入。", "validation.hidden")]
    [InlineData("人工智能\u2067测试", "含有不可见的控制字符，请重新输入。", "validation.hidden")]
    [InlineData("人工智能\u0007测试", "含有不可见的控制字符，请重新输入。", "validation.hidden")]
    [InlineData("人工智能\U000E0041\U000E0042", "含有不可见的控制字符，请重新输入。", "validation.hidden")]
    [InlineData("\u3164", "只有看不见的字符，请输入文字。", "validation.invisible")]
    [InlineData("\u2800\u115F", "只有看不见的字符，请输入文字。", "validation.invisible")]
    [InlineData(null, "最多 1000 个字符。", "validation.tooLong")]
    public async Task A_title_that_is_too_long_or_reads_otherwise_than_it_is_is_refused_at_every_door(string? title, string said, string code)
    {
        title ??= new string('长', 4000);
        var items = await app.Db(db => db.WorkItems.CountAsync());

        var page = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", title).Fill("备注", "留着"));
        var program = await (await app.Given.ProgramOfAsync("li.wei")).PostAsync("/api/v1/work-items", new { committee = "sac-tc28-sc42", process = "pre-research", proposal = new { titleZh = title } });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "留着"), (page.Status, page.ValueOf("备注")));
        Assert.True(page.Says(said), page.Text);
        Assert.Equal((422, code), (program.Status, program.Code));
        Assert.Equal(items, await app.Db(db => db.WorkItems.CountAsync()));
    }

    [Fact]
    public async Task Only_committees_where_one_may_propose_are_offered()
    {
        var member = (await app.As("liu.yang").OpenAsync(Path)).OptionsOf("归口单位");
        var expert = (await app.As("zhou.tao").OpenAsync(Path)).OptionsOf("归口单位");
        var administrator = (await app.As("admin").OpenAsync(Path)).OptionsOf("归口单位");

        Assert.Contains(SubCommittee, member);
        Assert.All(member, option => Assert.StartsWith("SAC/TC28/SC42", option, StringComparison.Ordinal));
        Assert.Single(expert);
        Assert.Contains(administrator, option => option.StartsWith("SAC/TC260", StringComparison.Ordinal));
        var current = await app.Db(db => db.Processes.Where(process => process.IsCurrent).Select(process => process.Json).ToListAsync());
        Assert.Equal(current.Count(json => DefinitionReader.Read(json).Value.Drives.Contains(TrackKind.MainText)), (await app.As("liu.yang").OpenAsync(Path)).OptionsOf("程序").Count);
    }

    [Fact]
    public async Task A_committee_that_was_not_offered_is_refused()
    {
        var before = await app.Db(db => db.WorkItems.CountAsync());

        var elsewhere = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", "越权").Forge("Form.Committee", "sac-tc260"));
        var nowhere = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", "越权").Forge("Form.Committee", "no-such-committee"));
        var noProcess = await ProposeAsync("liu.yang", entry => entry.Fill("中文标题", "越权").Forge("Form.Process", "no-such-process"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (elsewhere.Status, nowhere.Status));
        Assert.Equal("请选择一个程序。", noProcess.ErrorOf("程序"));
        Assert.Equal(before, await app.Db(db => db.WorkItems.CountAsync()));
    }

    [Fact]
    public async Task A_committee_that_has_ended_takes_no_new_work()
    {
        var group = await app.Given.GroupAsync();
        var form = await app.As("li.wei").OpenAsync($"{Path}?committee={group}");
        Assert.StartsWith("SAC/TC28/SC42/T-", form.ValueOf("归口单位"), StringComparison.Ordinal);
        await app.RunAsync(new ChangeCommitteeStatus(group, CommitteeStatus.Concluded, "测试：结束", await app.Db(db => db.Committees.Where(known => known.Code == group).Select(known => known.Version).SingleAsync())));

        var answer = await form.SubmitAsync(entry => entry.Fill("中文标题", "太晚了"), Send);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("太晚了", answer.ValueOf("中文标题"));
        Assert.DoesNotContain((await app.As("li.wei").OpenAsync(Path)).OptionsOf("归口单位"), option => option.StartsWith("SAC/TC28/SC42/T-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_propose_is_not_offered_to_and_is_refused()
    {
        Assert.False((await app.As("sun.li").OpenAsync("/work-items")).HasLink("提出新项目"));
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As("sun.li").OpenAsync(Path)).Status);
        Assert.False((await app.Visitor().OpenAsync("/work-items")).HasLink("提出新项目"));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_proposes_once()
    {
        var form = await app.As("liu.yang").OpenAsync(Path);
        var before = await app.Db(db => db.WorkItems.CountAsync());

        var first = await form.SubmitAsync(entry => entry.Fill("中文标题", "只提一次"), Send);
        var second = await form.SubmitAsync(entry => entry.Fill("中文标题", "只提一次"), Send);

        Assert.Equal(first.Path, second.Path);
        Assert.Equal(before + 1, await app.Db(db => db.WorkItems.CountAsync()));
    }

    [Fact]
    public async Task The_title_and_the_proposal_are_changed_by_who_may_edit_and_read_by_all_others()
    {
        var code = await app.Given.ProposedAsync();
        var path = $"/work-items/{code}/proposal";
        var member = await app.As("liu.yang").OpenAsync(path);
        var form = await app.As("li.wei").OpenAsync(path);

        var answer = await form.SubmitAsync(entry => All(entry), "保存建议书");

        Assert.False(member.HasButton("保存建议书"));
        Assert.Equal(path, answer.Path);
        Assert.True((await app.Visitor().OpenAsync($"/work-items/{code}")).Says("修改了标题或建议书。李伟"));
        var visitor = await app.Visitor().In("en").OpenAsync(path);
        Assert.True(visitor.Says("35.240.01") && visitor.Says("18 months") && visitor.Says("三十万元"), visitor.Text);
        Assert.Equal("人工智能 提案字段", await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Title.Zh).SingleAsync()));
        Assert.Contains((await app.Visitor().OpenAsync("/work-items?q=fields+of+a+PROPOSAL")).Rows(), row => row[0] == code);
    }

    [Fact]
    public async Task A_proposal_that_is_saved_as_it_stands_changes_nothing()
    {
        var code = await app.RunAsync(new ProposeWorkItem("sac-tc28-sc42", "gb-t-normal", new ProposalEntry { TitleZh = "原样保存", Purpose = "第一行\n第二行", Months = 12 }, IsPublic: true));
        var version = await app.Given.VersionAsync(code);

        var answer = await (await app.As("li.wei").OpenAsync($"/work-items/{code}/proposal")).SubmitAsync(button: "保存建议书");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(version, await app.Given.VersionAsync(code));
    }

    [Fact]
    public async Task A_proposal_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen()
    {
        var code = await app.Given.ProposedAsync();
        var path = $"/work-items/{code}/proposal";
        var first = await app.As("li.wei").OpenAsync(path);
        var second = await app.As("wang.fang").OpenAsync(path);

        await first.SubmitAsync(form => form.Fill("中文标题", "先到的标题"), "保存建议书");
        var answer = await second.SubmitAsync(form => form.Fill("中文标题", "后到的标题").Fill("备注", "写了很久"), "保存建议书");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains(answer.Problems, problem => problem.Contains("李伟", StringComparison.Ordinal) && problem.Contains("2026-11-23 09:00", StringComparison.Ordinal));
        Assert.Equal(("后到的标题", "写了很久"), (answer.ValueOf("中文标题"), answer.ValueOf("备注")));
        Assert.Equal("先到的标题", await app.Db(db => db.WorkItems.Where(item => item.Code == code).Select(item => item.Title.Zh).SingleAsync()));
    }

    private async Task<Page> ProposeAsync(string person, Action<Entry> fill) =>
        await (await app.As(person).OpenAsync(Path)).SubmitAsync(fill, Send);

    private static Entry All(Entry entry) => entry
        .Fill("中文标题", " 人工智能 提案字段 ").Fill("英文标题", "Artificial intelligence — Fields of a proposal")
        .Choose("制定或修订", "修订").Fill("被修订标准号", "GB/T 41867-2022").Choose("采用程度", "修改采用（MOD）").Fill("采标号", "ISO/IEC 42001:2023")
        .Fill("目的意义", "目的写在这里\n第二行").Fill("范围和主要技术内容", "范围写在这里").Fill("国内外情况", "情况写在这里").Fill("与法律法规和强制性标准的关系", "关系写在这里")
        .Fill("标准类别", "管理").Fill("ICS", "35.240.01").Fill("主管部门", "工业和信息化部").Fill("项目周期", "18")
        .Fill("同步研制外文版的语种", "英文").Fill("经费预算", "三十万元").Fill("涉及专利", "不涉及专利").Fill("备注", "无其他说明");

}
