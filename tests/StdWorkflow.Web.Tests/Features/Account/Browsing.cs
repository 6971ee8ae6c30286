using Microsoft.EntityFrameworkCore;
using StdWorkflow.Web.Tests.Driver;

namespace StdWorkflow.Web.Tests.Features.Account;

/// <summary>What people do at the sign-in, in their words.</summary>
internal static class Browsing
{
    public static async Task<Page> SignInAsync(this Session browser, string email, string password = Given.Password, string page = "/account/sign-in") =>
        await (await browser.OpenAsync(page)).SubmitAsync(form => form.Fill("电子邮箱", email).Fill("密码", password));

    public static Task<Page> SignOutAsync(this Page page) => page.SubmitAsync(button: "退出");

    /// <summary>True when the account page opens.</summary>
    public static async Task<bool> IsInsideAsync(this Session browser) => (await browser.OpenAsync("/account")).Path == "/account";

    /// <summary>Types of the events in a person's history, oldest first.</summary>
    public static Task<List<string>> HistoryOfAsync(this App app, Guid person) => app.Db(db => db.Events
        .Where(written => written.SubjectId == person).OrderBy(written => written.Sequence).Select(written => written.Type).ToListAsync());
}
