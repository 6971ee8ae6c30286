using System.Net;
using System.Text;

namespace StdWorkflow.Web.Tests.Driver;

/// <summary>Every other test trusts that a form is sent as a browser would send it.</summary>
public class PageTests
{
    private const string Html = """
        <html lang="zh-CN"><head><title>投票</title></head><body>
        <form method="post" action="/language"><button name="to" value="en">English</button></form>
        <main><h1>投 票
          </h1>
          <form method="get" action="/list"><label for="q">查找</label><input id="q" name="q"><button>查找</button></form>
          <form method="post" action="/vote?x=1">
            <div role="alert"><ul><li>请说明反对理由</li></ul></div>
            <input type="hidden" name="CommandKey" value="k1">
            <fieldset><legend>立场</legend>
              <label><input type="radio" name="Position" value="yes" checked> 赞成</label>
              <label><input type="radio" name="Position" value="no"> 反对</label></fieldset>
            <label for="r">理由 <span>（必填）</span></label>
            <textarea id="r" name="Reason" aria-describedby="hint r-error">一
        二</textarea><p id="hint">说明</p><p id="r-error" class="field-error">不能为空</p>
            <label for="s">阶段</label><select id="s" name="Stage"><option value="10">立项</option><option value="20" selected>起草</option></select>
            <label><input type="checkbox" name="Public" value="true"> 公开</label><input type="hidden" name="Public" value="false">
            <input name="Locked" value="no" disabled>
            <button name="act" value="save">保存</button><button name="act" value="send" formaction="/send">提交</button>
          </form></main></body></html>
        """;

    private readonly Door door = new();

    [Fact]
    public async Task A_form_sends_what_it_holds_and_only_the_button_that_was_pressed()
    {
        var page = await OpenAsync();

        await page.SubmitAsync(form => form.Choose("反对"));

        Assert.Equal("POST /vote?x=1", door.Last);
        Assert.Equal("CommandKey=k1&Position=no&Reason=一\r\n二&Stage=20&Public=false&act=save", door.Body);
    }

    [Fact]
    public async Task Fields_are_found_by_label_and_a_button_may_send_elsewhere()
    {
        var page = await OpenAsync();

        await page.SubmitAsync(form => form.Fill("理由", "新").Choose("阶段", "立项").Choose("公开").Choose("立场", "赞成"), "提交");

        Assert.Equal("POST /send", door.Last);
        Assert.Equal("CommandKey=k1&Position=yes&Reason=新&Stage=10&Public=true&Public=false&act=send", door.Body);
    }

    [Fact]
    public async Task A_forged_field_replaces_and_a_field_left_out_is_gone()
    {
        var page = await OpenAsync();

        await page.SubmitAsync(form => form.Forge("Stage", "99").LeaveOut("CommandKey").LeaveOut("Reason"), "保存");

        Assert.Equal("Position=yes&Public=false&act=save&Stage=99", door.Body);
    }

    [Fact]
    public async Task A_search_becomes_a_query_and_the_menu_is_used_only_by_name()
    {
        var page = await OpenAsync();

        await page.SubmitAsync(form => form.Fill("查找", "人工 智能"));
        Assert.Equal("GET /list?q=%E4%BA%BA%E5%B7%A5%20%E6%99%BA%E8%83%BD", door.Last);

        await page.SubmitAsync(button: "English");
        Assert.Equal("POST /language", door.Last);
        Assert.Equal("to=en", door.Body);
    }

    [Fact]
    public async Task A_page_is_read_by_its_words()
    {
        var page = await OpenAsync();

        Assert.Equal("投 票", page.Heading);
        Assert.Equal(["请说明反对理由"], page.Problems);
        Assert.Equal("不能为空", page.ErrorOf("理由"));
        Assert.Equal("", page.ErrorOf("阶段"));
        Assert.Equal("起草", page.ValueOf("阶段"));
        Assert.True(page.IsChosen("赞成"));
        Assert.False(page.IsChosen("反对"));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => page.SubmitAsync(form => form.Fill("没有", "")));
        Assert.Contains("“没有”", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_and_redirects_are_kept_as_a_browser_keeps_them()
    {
        var page = await new Session(door, Door.Home, new CookieContainer(), "en").OpenAsync("/from");

        Assert.Equal("/to", page.Path);
        Assert.True(page.WasRedirected);
        Assert.Equal("seen=1", door.Cookie);
        Assert.Equal("en", door.Language);
    }

    private Task<Page> OpenAsync() => new Session(door, Door.Home, new CookieContainer(), "zh-CN").OpenAsync("/vote");

    private sealed class Door : HttpMessageHandler
    {
        public static Uri Home { get; } = new("http://localhost");

        public string Last { get; private set; } = "";

        public string Body { get; private set; } = "";

        public string Cookie { get; private set; } = "";

        public string Language { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Last = $"{request.Method} {request.RequestUri!.PathAndQuery}";
            Body = request.Content is null ? "" : WebUtility.UrlDecode(await request.Content.ReadAsStringAsync(cancellationToken));
            Cookie = request.Headers.TryGetValues("Cookie", out var values) ? values.Single() : "";
            Language = request.Headers.AcceptLanguage.ToString();

            if (request.RequestUri.AbsolutePath == "/from")
            {
                var answer = new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("/to", UriKind.Relative) } };
                answer.Headers.Add("Set-Cookie", "seen=1; path=/; httponly");
                return answer;
            }

            return new HttpResponseMessage { Content = new StringContent(Html, Encoding.UTF8, "text/html") };
        }
    }
}
