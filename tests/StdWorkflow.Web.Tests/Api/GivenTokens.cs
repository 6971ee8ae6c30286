using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests;

public sealed partial class Given
{
    /// <summary>A program with a token that a demo person made on the account page.</summary>
    public async Task<ApiClient> ProgramOfAsync(string person, bool mayWrite = true) => app.Api(await TokenOfAsync(person, mayWrite));

    public async Task<string> TokenOfAsync(string person, bool mayWrite = true)
    {
        var made = await (await app.As(person).OpenAsync("/account/tokens")).SubmitAsync(form => form.Fill("名称", "测试").Choose("权限", mayWrite ? "读写" : "只读"), "生成令牌");
        return made.Document.QuerySelector("#secret")?.TextContent ?? throw new InvalidOperationException($"{made.Status} {made.Text}");
    }
}
