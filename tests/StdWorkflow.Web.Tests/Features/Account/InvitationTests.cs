using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StdWorkflow.Data;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Mail;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Tests.Features.Account;

public partial class InvitationTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task An_invited_member_opens_a_login_with_the_link_in_the_mail()
    {
        var (committee, person, email) = await MemberAsync();
        await InviteAsync(committee, person);

        var done = await AcceptAsync(await LinkAsync(email));

        Assert.Equal("/account/sign-in", done.Path);
        var browser = app.Visitor();
        await browser.SignInAsync(email);
        Assert.True(await browser.IsInsideAsync());
        Assert.Contains(nameof(AccountOpened), await app.HistoryOfAsync(person));
    }

    [Fact]
    public async Task An_invitation_opens_one_login()
    {
        var (committee, person, email) = await MemberAsync();
        await InviteAsync(committee, person);
        var link = await LinkAsync(email);
        await AcceptAsync(link);

        var again = await AcceptAsync(link);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("邀请无效、已过期或已使用。请联系秘书处重新发送。", again.Problems);
        Assert.Equal(1, await app.Db(db => db.Users.CountAsync(user => user.PersonId == person)));
    }

    [Fact]
    public async Task After_a_week_an_invitation_is_void()
    {
        var (committee, person, email) = await MemberAsync();
        await InviteAsync(committee, person);
        var link = await LinkAsync(email);

        app.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));

        Assert.True((await app.Visitor().OpenAsync(link)).Says("邀请无效、已过期或已使用"));
    }

    [Fact]
    public async Task Who_has_a_login_or_sits_elsewhere_is_not_invited()
    {
        var (committee, _, _) = await MemberAsync();
        var (other, _) = await app.Given.PersonAsync(withLogin: false);
        var (_, member, _) = await MemberAsync(withLogin: true, committee);

        Assert.Equal(Problem.NotFoundCode, (await TryAsync(new InviteMember(committee, other))).Problem.Code);
        Assert.Equal("invitation.hasLogin", (await TryAsync(new InviteMember(committee, member))).Problem.Code);
    }

    [Fact]
    public async Task Several_invitations_at_once_all_go_out()
    {
        var (committee, person, _) = await MemberAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => InviteAsync(committee, person))));

        Assert.Equal(4, (await app.HistoryOfAsync(person)).Count(type => type == nameof(PersonInvited)));
        Assert.Equal(4, await app.Db(db => db.Outbox.CountAsync(message => message.RecipientPerson == person)));
    }

    private async Task InviteAsync(string committee, Guid person) => Assert.True((await TryAsync(new InviteMember(committee, person))).IsOk);

    private async Task<Result<Done>> TryAsync(InviteMember command)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UseCases>().As(Actor.Job("test")).RunAsync(command, TestContext.Current.CancellationToken);
    }

    private async Task<(string Committee, Guid Person, string Email)> MemberAsync(bool withLogin = false, string? committee = null)
    {
        var (person, email) = await app.Given.PersonAsync(withLogin);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().Begin(Actor.Starter, nameof(Given), inCommand: true);
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var code = committee ?? $"test-{person:N}";
        var known = await db.Committees.SingleOrDefaultAsync(one => one.Code == code, TestContext.Current.CancellationToken);
        if (known is null)
            db.Committees.Add(known = Committee.Add(code, code, CommitteeKind.WorkingGroup, CommitteeStatus.Active, new LocalizedText("测试组", null), null, null, isDemo: true).Value);
        var position = Position.Define($"test-{person:N}", new LocalizedText("测试职务", null), votes: false, 1, [Permission.View], new Source("D", false));
        db.Positions.Add(position);
        db.Memberships.Add(Membership.Appoint(person, known.Id, position.Id, null, new DateOnly(2024, 1, 1), null, isDemo: true).Value);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (code, person, email);
    }

    private async Task<Driver.Page> AcceptAsync(string link) =>
        await (await app.Visitor().OpenAsync(link)).SubmitAsync(form => form.Fill("新密码", Given.Password).Fill("再次输入新密码", Given.Password));

    private async Task<string> LinkAsync(string email)
    {
        await app.RunJobAsync<SendMail>();
        return new Uri(Link().Match(app.Mail.To(email[..email.IndexOf('@', StringComparison.Ordinal)])[^1].TextBody!).Value).PathAndQuery;
    }

    [GeneratedRegex(@"http://\S+/account/invitation\?\S+")]
    private static partial Regex Link();
}
