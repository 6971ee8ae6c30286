using System.Net;
using StdWorkflow.Domain.People;

namespace StdWorkflow.Web.Tests.Security;

/// <summary>Every page, asked for by everybody. A page without a row in the table fails.</summary>
public class PageRefusalTests(App app) : IClassFixture<App>
{
    /// <summary>Who may open each page, written down a second time.</summary>
    private static readonly IReadOnlyDictionary<string, Access> Table = new Dictionary<string, Access>
    {
        ["/"] = Access.Anyone,
        ["/account"] = Access.SignedIn,
        ["/account/confirm-e-mail"] = Access.Anyone,
        ["/account/e-mail"] = Access.SignedIn,
        ["/account/first-administrator"] = Access.Anyone with { MayBeMissing = true },
        ["/account/forgot-password"] = Access.Anyone,
        ["/account/invitation"] = Access.Anyone,
        ["/account/password"] = Access.SignedIn,
        ["/account/reset-password"] = Access.Anyone,
        ["/account/sign-in"] = Access.Anyone,
        ["/account/sign-in/code"] = Access.Anyone,
        ["/account/sign-in/recovery"] = Access.Anyone,
        ["/account/sign-out"] = Access.Anyone,
        ["/account/tokens"] = Access.SignedIn,
        ["/account/two-factor"] = Access.SignedIn,
        ["/admin/outbox"] = Access.Of(Permission.Administer),
        ["/international"] = Access.Anyone,
        ["/international/{**number}"] = Access.Anyone,
        ["/consultations"] = Access.Anyone,
        ["/consultations/receipts/{receipt?}"] = Access.Anyone,
        ["/consultations/{number}"] = Access.Anyone,
        ["/consultations/{number}/end"] = Access.Of(Permission.Consult),
        ["/consultations/{number}/lengthen"] = Access.Of(Permission.Consult),
        ["/admin/processes/publish"] = Access.Of(Permission.Administer),
        ["/admin/processes/{key}/items"] = Access.Of(Permission.Administer),
        ["/cockpit"] = Access.SignedIn,
        ["/admin/positions"] = Access.Of(Permission.Administer),
        ["/admin/positions/{key}"] = Access.Of(Permission.Administer),
        ["/committees"] = Access.Anyone,
        // Without a committee named, it is the top of the tree.
        ["/committees/add"] = Access.Of(Permission.Administer),
        ["/committees/{code}"] = Access.Anyone,
        ["/committees/{code}/as-of"] = Access.Anyone,
        ["/committees/{code}/edit"] = Access.Of(Permission.ManageCommittee),
        ["/committees/{code}/facts/state"] = Access.Of(Permission.ManageCommittee),
        ["/committees/{code}/members/appoint"] = Access.Of(Permission.ManageMembers),
        ["/committees/{code}/members/{membership:guid}"] = Access.Of(Permission.ManageMembers),
        ["/committees/{code}/mirrors/add"] = Access.Of(Permission.ManageCommittee),
        ["/committees/{code}/plan"] = Access.Anyone,
        ["/committees/{code}/status"] = Access.Of(Permission.ManageCommittee),
        ["/committees/{code}/work-plan/add"] = Access.Of(Permission.ManageCommittee),
        ["/dev/mail"] = Access.Anyone,
        ["/dev/mail/{id:guid}"] = Access.Anyone with { MayBeMissing = true },
        ["/processes"] = Access.Anyone,
        ["/processes/{key}"] = Access.Anyone,
        ["/requests"] = Access.SignedIn,
        ["/requests/{request}"] = Access.Of(Permission.View),
        ["/requests/{request}/decline"] = Access.Of(Permission.Advance),
        ["/requests/{request}/grant"] = Access.Of(Permission.Advance),
        ["/status/{code:int}"] = Access.Anyone with { MayBeMissing = true },
        ["/work-items"] = Access.Anyone,
        ["/work-items/board"] = Access.Anyone,
        ["/work-items/filters"] = Access.SignedIn,
        ["/work-items/propose"] = Access.Somewhere(Permission.Propose),
        ["/work-items/{code}"] = Access.Anyone,
        ["/work-items/{code}/as-of"] = Access.Anyone,
        // A number with slashes in place of the code; as an example there is none that is the item's.
        ["/work-items/{code}/{**rest}"] = Access.Anyone with { MayBeMissing = true },
        ["/work-items/{code}/advance/{transition}"] = Access.Of(Permission.Advance),
        ["/work-items/{code}/ask/{transition}"] = Access.Of(Permission.Propose),
        ["/work-items/{code}/attest/{gate}"] = Access.Of(Permission.Attest),
        ["/work-items/{code}/comments"] = Access.Of(Permission.View),
        // The example item need not be the one that was commented on; DisposeCommentTests asks for one that was.
        ["/work-items/{code}/comments/{receipt}/{ordinal:int}"] = Access.Of(Permission.View) with { MayBeMissing = true },
        ["/work-items/{code}/succeed"] = Access.Of(Permission.Advance),
        ["/work-items/{code}/adoption"] = Access.Of(Permission.Edit),
        ["/api/v1/work-items/{code}/adoption"] = Access.Anyone,
        ["/work-items/{code}/edit"] = Access.Of(Permission.Edit),
        ["/work-items/{code}/follow"] = Access.SignedIn,
        ["/work-items/{code}/foreign"] = Access.Of(Permission.Edit),
        ["/work-items/{code}/journey"] = Access.Anyone,
        ["/work-items/{code}/jump"] = Access.Of(Permission.Advance),
        ["/work-items/{code}/move"] = Access.Of(Permission.Advance),
        ["/work-items/{code}/tracks/start"] = Access.Of(Permission.Advance),
        ["/work-items/{code}/plan"] = Access.Anyone,
        ["/work-items/{code}/plan/edit"] = Access.Of(Permission.Edit),
        ["/work-items/{code}/undo"] = Access.Of(Permission.Advance),
        ["/work-items/{code}/proposal"] = Access.Anyone,
        // What programs may read is what their person sees; ApiTests asks for each.
        ["/api/v1/comments"] = Access.ByToken,
        ["/api/v1/comments/{receipt}"] = Access.Anyone,
        ["/api/v1/cockpit"] = Access.ByToken,
        ["/api/v1/committees"] = Access.Anyone,
        ["/api/v1/committees/{code}"] = Access.Anyone,
        ["/api/v1/committees/{code}/as-of"] = Access.Anyone,
        ["/api/v1/committees/{code}/members"] = Access.ByToken,
        ["/api/v1/committees/{code}/plan"] = Access.Anyone,
        ["/api/v1/consultations"] = Access.Anyone,
        ["/api/v1/consultations/{number}"] = Access.Anyone,
        ["/api/v1/deadlines"] = Access.Anyone,
        ["/api/v1/events"] = Access.Anyone,
        ["/api/v1/foreign-projects"] = Access.Anyone,
        ["/api/v1/foreign-projects/{number:int}"] = Access.Anyone,
        ["/api/v1/mails"] = Access.ByToken,
        ["/api/v1/memberships/{membership:guid}"] = Access.ByToken,
        ["/api/v1/positions/{key}"] = Access.ByToken,
        ["/api/v1/processes"] = Access.Anyone,
        ["/api/v1/processes/{key}"] = Access.Anyone,
        ["/api/v1/requests"] = Access.ByToken,
        ["/api/v1/requests/{request}"] = Access.ByToken,
        ["/api/v1/saved-filters"] = Access.ByToken,
        ["/api/v1/work-items"] = Access.Anyone,
        ["/api/v1/work-items/{code}"] = Access.Anyone,
        ["/api/v1/work-items/{code}/as-of"] = Access.Anyone,
        ["/api/v1/work-items/{code}/following"] = Access.ByToken,
        ["/api/v1/work-items/{code}/journey"] = Access.Anyone,
        ["/api/v1/work-items/{code}/plan"] = Access.Anyone,
        ["/api/v1/work-items/{code}/proposal"] = Access.Anyone,
        // What a file or feed may hold is what its page shows; ExportTests and FeedTests ask for each.
        ["/exports/{list}/{format}"] = Access.Anyone,
        ["/feeds/{list}"] = Access.Anyone,
        ["/feeds/work-items/{code}"] = Access.Anyone,
        // Not pages of ours, but doors all the same.
        ["/api/docs/{documentName?}"] = Access.Anyone,
        ["/api/docs/favicon.svg"] = Access.Anyone,
        ["/api/docs/scalar.aspnetcore.js"] = Access.Anyone,
        ["/api/docs/scalar.js"] = Access.Anyone,
        ["/openapi/{documentName}.json"] = Access.Anyone,
        ["/health/live"] = Access.Anyone,
        ["/health/ready"] = Access.Anyone,
        ["/jobs/{**path}"] = Access.Of(Permission.Administer),
    };

    public static TheoryData<string> Everybody() => [.. Roles.People.Keys];

    [Fact]
    public void Every_page_has_a_row() =>
        Convention.Holds(Routes.Of(app), Routes.Of(app).Select(route => route.Pattern).Except(Table.Keys).Select(pattern => $"{pattern} has no row in the table of {nameof(PageRefusalTests)}"));

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_page_is_refused_to_who_lacks_the_right(string role)
    {
        var routes = Routes.Of(app).Where(route => Table.ContainsKey(route.Pattern)).ToList();
        var examples = await Routes.ExamplesAsync(app);
        var browser = Roles.People[role] is { } person ? app.As(person) : app.Visitor();
        var breaches = new List<string>();
        foreach (var route in routes)
        {
            using var answer = await browser.GetAsync(examples.Of(route));
            var isOpen = answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized) && !IsToSignIn(answer);
            var access = Table[route.Pattern];
            var may = access.For(role);
            if (may != isOpen && !(may && access.MayBeMissing && answer.StatusCode == HttpStatusCode.NotFound)) breaches.Add($"{route.Pattern}: {(may ? "should be open" : "should be refused")}, answered {(int)answer.StatusCode}");
        }

        Convention.Holds(routes, breaches);
    }

    private static bool IsToSignIn(HttpResponseMessage answer) =>
        answer.Headers.Location?.OriginalString.Contains("/account/sign-in?", StringComparison.Ordinal) == true;

    private sealed record Access(Func<string, bool> For)
    {
        /// <summary>Open, but it may have nothing to show: a mail that was never sent, a link that nobody was given.</summary>
        public bool MayBeMissing { get; init; }

        public static Access Anyone { get; } = new(_ => true);

        /// <summary>A browser's sign-in says nothing there; ApiDocumentTests and CommitteeApiTests ask with tokens.</summary>
        public static Access ByToken { get; } = new(_ => false);

        public static Access SignedIn { get; } = new(role => role != Roles.Visitor);

        public static Access Of(Permission permission) => new(role => Roles.May(role, permission));

        public static Access Somewhere(Permission permission) => new(role => Roles.May(role, permission, somewhere: true));
    }
}
